@rapid7 @links
Feature: Links

  @R7-LINK-01 @should
  Rule: Every resource links to itself
    Source: insightvm-api, getUser, getUsers, getRoles, getPrivileges, getAuthenticationSources

    Scenario: A user that was just made
      Given a user "ann"
      When the administrator reads "ann"
      Then the answer links to itself

    @safe
    Scenario Outline: Each <one> of the list by its link
      When the administrator lists the <list>
      Then each <one> of the list links to itself

      Examples:
        | list                   | one                   |
        | users                  | user                  |
        | roles                  | role                  |
        | authentication sources | authentication source |

    @safe
    Scenario Outline: The list of <list> by its own link
      When the administrator lists the <list>
      Then the answer links to itself

      Examples:
        | list                   |
        | users                  |
        | roles                  |
        | privileges             |
        | authentication sources |

  @R7-LINK-02 @observed
  Rule: A user's links have the names of the resources that they lead to
    Source: console-answers, users

    Scenario: The links of a user
      Given a user "ann"
      When the administrator reads "ann"
      Then every link of the user leads to what it names
