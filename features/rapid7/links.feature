@rapid7 @links
Feature: Links

  @R7-LINK-01 @should
  Rule: Every resource links to itself, and every link of a user leads to what it names
    Source: 000_ed3294674eb9bc89.txt, links of every answer

    Scenario: The links of a user
      Given a user "ann" with the role "site-admin"
      When the administrator reads "ann"
      Then every link of the user leads to what it names

    @safe
    Scenario Outline: Each of <list>
      When the administrator calls <list>
      Then each of the list links to itself by <one>

      Examples:
        | list                     | one                     |
        | getUsers                 | getUser                 |
        | getRoles                 | getRole                 |
        | getAuthenticationSources | getAuthenticationSource |

    @safe
    Scenario Outline: The list of <list>
      When the administrator calls <list>
      Then the answer links to itself by <list>

      Examples:
        | list                     |
        | getUsers                 |
        | getRoles                 |
        | getPrivileges            |
        | getAuthenticationSources |
