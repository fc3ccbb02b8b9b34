@rapid7 @roles
Feature: Roles

  @R7-ROLE-01 @must @safe @alone
  Rule: Every listed role reads back by its id
    Source: insightvm-api, getRoles, getRole

    Scenario: All roles, also those with a space in their ids
      When the administrator lists the roles
      Then each role of the list reads back by its id

  @R7-ROLE-02 @must @disruptive @shares-roles
  Rule: A built-in role is never deleted
    Source: insightvm-api, deleteRole

    Scenario: Each built-in role
      Given the built-in roles
      When the administrator tries deleteRole on each role
      Then each is refused
      And nothing has changed

  @R7-ROLE-03 @must @shares-roles
  Rule: A role that is assigned to a user is not deleted
    Source: insightvm-api, deleteRole

    Scenario: A custom role that a user holds
      Given a role "desk" that may be deleted
      And a user "ann" with
        | role.id | (the id of the role "desk") |
      When the administrator deletes the role "desk"
      Then it is refused
      And nothing has changed

    Scenario: A custom role that a second user still holds
      Given a role "desk" that may be deleted
      And a user "ann" with
        | role.id | (the id of the role "desk") |
      And a user "bob" with
        | role.id | (the id of the role "desk") |
      When the administrator changes "ann"
        | role.id | (a role) |
      And the administrator deletes the role "desk"
      Then it is refused
      And nothing has changed

  @R7-ROLE-04 @must @shares-roles
  Rule: A custom role that nobody has is deleted and is gone
    Source: insightvm-api, deleteRole

    Scenario: A custom role whose only user was assigned another one, beside a second one
      Given a role "desk" that may be deleted
      And a role "shelf" that may be changed
      And a user "ann" with
        | role.id | (the id of the role "desk") |
      When the administrator changes "ann"
        | role.id | (a role) |
      And the administrator deletes the role "desk"
      Then it succeeds
      And the role "desk" is gone
      And the role "shelf" is unharmed

  @R7-ROLE-05 @must @shares-roles
  Rule: An unknown role answers 404
    Source: insightvm-api, getRole, getRoleUsers, updateRole, deleteRole

    @safe
    Scenario: Reading a role that does not exist, beside one that does
      When the administrator tries these operations on something unknown
        | getRole      |
        | getRoleUsers |
      Then each is refused as unknown
      And each succeeds for what exists

    @disruptive
    Scenario: Changing a role that does not exist
      When the administrator tries these operations on something unknown
        | updateRole |
        | deleteRole |
      Then each is refused as unknown

  @R7-ROLE-06 @must @shares-roles
  Rule: An update changes name, description and privileges of a role
    Source: insightvm-api, updateRole

    Scenario: Each detail alone and each pair of them
      Given a role "desk" that may be changed
      When the administrator changes the role "desk" in each of these alone and in each pair
        | name        | Changed by a test     |
        | description | What a test left here |
        | privileges  | (two privileges)      |
      Then each shows what it was given, and nothing else has changed

  @R7-ROLE-07 @must @alone
  Rule: A role's users are exactly those assigned to it
    Source: insightvm-api, getRoleUsers

    @safe
    Scenario: The users of each role
      When the administrator lists the users of each role
      Then each list holds exactly the users that belong in it

    Scenario: The users of each role after a reassignment
      Given a user "ann"
      When the administrator changes "ann"
        | role.id | (another role) |
      And the administrator lists the users of each role
      Then each list holds exactly the users that belong in it
      And "ann" is named in one list

  @R7-ROLE-08 @should @shares-roles
  Rule: A role that does not hold together is refused
    Source: insightvm-api, updateRole

    Scenario Outline: A role with <property> <value>
      Given a role "desk" that may be changed
      When the administrator changes the role "desk"
        | <property> | <value> |
      Then it is refused
      And nothing has changed

      Examples:
        | property    | value                    |
        | privileges  | (an unknown privilege)   |
        | privileges  | (a known and an unknown privilege) |
        | name        | (left out)               |
        | description | (left out)               |
        | id          | (an unknown name)        |

  @R7-ROLE-09 @observed @disruptive @shares-roles
  Rule: A built-in role is never changed
    Source: insightvm-guide, roles

    Scenario: Each built-in role
      Given the built-in roles
      When the administrator tries updateRole on each role
      Then each is refused
      And nothing has changed
