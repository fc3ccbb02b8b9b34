@rapid7 @privileges
Feature: Privileges

  @R7-PRIV-01 @must @safe
  Rule: Every privilege that a role has is listed, and each listed one answers by its id
    Source: 000_ed3294674eb9bc89.txt, getPrivileges and getPrivilege

    Scenario: All of them
      When the administrator calls getPrivileges
      Then every role's privilege is listed
      And each listed privilege answers by its id

  @R7-PRIV-02 @must @safe
  Rule: An unknown privilege answers 404
    Source: 000_ed3294674eb9bc89.txt, 404 of getPrivilege and getUsersWithPrivilege

    Scenario Outline: By <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused with 404

      Examples:
        | operation             |
        | getPrivilege          |
        | getUsersWithPrivilege |

  @R7-PRIV-03 @must @safe
  Rule: The users with a privilege are exactly those whose role grants it
    Source: 000_ed3294674eb9bc89.txt, getUsersWithPrivilege

    Scenario Outline: <privilege>
      When the administrator asks who has the privilege "<privilege>"
      Then the users are exactly those whose role grants "<privilege>"

      Examples:
        | privilege                        |
        | all-permissions                  |
        | create-reports                   |
        | approve-vulnerability-exceptions |

  @R7-PRIV-04 @must @shares-roles
  Rule: A user's privileges are those of its role, at once after a change
    Source: 000_ed3294674eb9bc89.txt, getUserPrivileges

    Scenario: As assigned
      Given a user "ann" with the role "site-admin"
      When the administrator reads "ann"
      Then "ann" has the privileges of the role "site-admin"

    Scenario: After another role is assigned
      Given a user "ann" with the role "site-admin"
      When the administrator assigns the role "user" to "ann"
      Then "ann" has the privileges of the role "user"

    Scenario: After the role changed
      Given a role that may be changed
      And a user "ann" with that role
      When the administrator updates that role with
        | privileges | ["create-tickets"] |
      Then "ann" has exactly the privilege "create-tickets"
      And "ann" has the privileges of that role
