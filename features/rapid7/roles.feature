@rapid7 @roles
Feature: Roles

  @R7-ROLE-01 @must @safe
  Rule: Every listed role reads back by its id
    Source: insightvm-api, getRoles, getRole

    Scenario: All roles, also those with a space in their ids
      When the administrator calls getRoles
      Then each of the list reads back by getRole

  @R7-ROLE-02 @must @disruptive @shares-roles
  Rule: A built-in role is never deleted
    Source: insightvm-api, deleteRole

    Scenario: Each built-in role
      When the administrator deletes each built-in role
      Then each request is refused
      And each built-in role is unchanged

  @R7-ROLE-03 @must @shares-roles
  Rule: A role that is assigned to a user is not deleted
    Source: insightvm-api, deleteRole

    Scenario: A custom role that a user holds
      Given a role that may be deleted
      And a user "ann" with that role
      When the administrator deletes that role
      Then the request is refused
      And that role is unchanged
      And "ann" is unchanged

    Scenario: A custom role that a second user still holds
      Given a role that may be deleted
      And a user "ann" with that role
      And a user "bob" with that role
      When the administrator assigns a role to "ann"
      And the administrator deletes that role
      Then the request is refused
      And that role is unchanged
      And "bob" is unchanged

  @R7-ROLE-04 @must @shares-roles
  Rule: A custom role that nobody has is deleted and is gone
    Source: insightvm-api, deleteRole

    Scenario: A custom role whose only user was assigned another one
      Given a role that may be deleted
      And a user "ann" with that role
      When the administrator assigns a role to "ann"
      And the administrator deletes that role
      Then the request succeeds
      And that role is gone

  @R7-ROLE-05 @must @shares-roles
  Rule: An unknown role answers 404
    Source: insightvm-api, getRole, getRoleUsers, updateRole, deleteRole

    @safe
    Scenario: Reading a role that does not exist, beside one that does
      When the administrator calls these operations for something unknown
        | getRole      |
        | getRoleUsers |
      Then each request is refused with 404
      And each of them succeeds for something that exists

    @disruptive
    Scenario: Changing a role that does not exist
      When the administrator calls these operations for something unknown
        | updateRole |
        | deleteRole |
      Then each request is refused with 404

  @R7-ROLE-06 @must @shares-roles
  Rule: An update changes name, description and privileges of a role
    Source: insightvm-api, updateRole

    Scenario: Each detail alone and each pair of them
      Given a role that may be changed
      When the administrator updates that role in each of these alone and in each pair
        | name        | Changed by a test     |
        | description | What a test left here |
        | privileges  | (two privileges)      |
      Then each update shows what it was given, and everything else as it was

  @R7-ROLE-07 @must
  Rule: A role's users are exactly those assigned to it
    Source: insightvm-api, getRoleUsers

    @safe
    Scenario: The users of each role
      When the administrator lists the users of each role
      Then each list holds exactly the users that belong in it

    Scenario: The users of each role after a reassignment
      Given a user "ann" with a role
      When the administrator assigns another role to "ann"
      And the administrator lists the users of each role
      Then each list holds exactly the users that belong in it
      And "ann" is named in one list

  @R7-ROLE-08 @should @shares-roles
  Rule: A role that does not hold together is refused
    Source: insightvm-api, updateRole

    Scenario Outline: A role with <property> <value>
      Given a role that may be changed
      When the administrator updates that role with
        | <property> | <value> |
      Then the request is refused
      And that role is unchanged

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
      When the administrator describes each built-in role anew
      Then each request is refused
      And each built-in role is unchanged
