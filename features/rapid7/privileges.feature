@rapid7 @privileges
Feature: Privileges

  @R7-PRIV-01 @must @safe @alone
  Rule: Every privilege that a role has is listed, and each listed one answers by its id
    Source: insightvm-api, getPrivileges, getPrivilege

    Scenario: All privileges
      When the administrator lists the privileges
      Then every role's privilege is listed
      And each privilege of the list reads back by its id

  @R7-PRIV-02 @must @safe
  Rule: An unknown privilege answers 404
    Source: insightvm-api, getPrivilege, getUsersWithPrivilege

    Scenario: A privilege that does not exist, beside one that does
      When the administrator tries these operations on something unknown
        | getPrivilege          |
        | getUsersWithPrivilege |
      Then each is refused as unknown
      And each succeeds for what exists

  @R7-PRIV-03 @must @safe @alone
  Rule: The users with a privilege are exactly those whose role grants it
    Source: insightvm-api, getUsersWithPrivilege

    Scenario: The users of each privilege
      When the administrator lists the users of each privilege
      Then each list holds exactly the users that belong in it

  @R7-PRIV-04 @must @shares-roles
  Rule: A user's privileges are those of its role, at once after a change
    Source: insightvm-api, getUserPrivileges

    Scenario: A new user
      Given a user "ann"
      When the administrator reads "ann"
      Then "ann" has the privileges of its role

    Scenario: A user that is assigned another role, and the first one again
      Given a user "ann"
      When the administrator changes "ann"
        | role.id | (another role) |
      Then "ann" has the privileges of its role
      When the administrator changes "ann"
        | role.id | (a role) |
      Then "ann" has the privileges of its role

    Scenario Outline: A user whose role is given <privileges>
      Given a role "desk" that may be changed
      And a user "ann" with
        | role.id | (the id of the role "desk") |
      When the administrator changes the role "desk"
        | privileges | (<privileges>) |
      Then "ann" has the privileges of its role

      Examples:
        | privileges       |
        | one privilege    |
        | two privileges   |
        | three privileges |
        | no privileges    |
