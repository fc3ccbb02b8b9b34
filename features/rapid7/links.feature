@rapid7 @links
Feature: Links

  @R7-LINK-01 @should
  Rule: Every resource links to itself
    Source: insightvm-api, getUser, getUsers, getRoles, getPrivileges, getAuthenticationSources

    Scenario: A user that was just made
      Given a user "ann"
      When the administrator reads "ann"
      Then the answer links to itself by getUser

    @safe
    Scenario Outline: Each of <list> by its link
      When the administrator calls <list>
      Then each of the list links to itself by <one>

      Examples:
        | list                     | one                     |
        | getUsers                 | getUser                 |
        | getRoles                 | getRole                 |
        | getAuthenticationSources | getAuthenticationSource |

    @safe
    Scenario Outline: The list of <list> by its link
      When the administrator calls <list>
      Then the answer links to itself by <list>

      Examples:
        | list                     |
        | getUsers                 |
        | getRoles                 |
        | getPrivileges            |
        | getAuthenticationSources |

  @R7-LINK-02 @observed
  Rule: A user's links have the names of the resources that they lead to
    Source: console-answers, users

    Scenario: The links of a user
      Given a user "ann"
      When the administrator reads "ann"
      Then every link of the user leads to what it names
