@socotra @assignments
Feature: Permissions, and who is given what

  @SO-PERM-01 @must
  Rule: Every available permission is listed once and can be given to a role
    Source: 003_07598e8054470ed4.txt, fetchAvailablePermissions and createRole

    @safe
    Scenario: The list
      When the administrator calls fetchAvailablePermissions
      Then the answer lists every permission once

    Scenario: A role with all of them
      When the administrator creates the role "one" that permits everything available
      Then the request succeeds
      And the role "one" reads back as it was given

  @SO-PERM-02 @must
  Rule: A user may do what any of its roles permits, from the moment that it has it
    Source: 003_07598e8054470ed4.txt, fetchUserPermissions; the vendor's documentation on roles and permissions

    Scenario: Two roles
      Given a role "one" that permits "users.list, users.read"
      And a role "two" that permits "users.read, roles.list"
      When the administrator creates the user "ann" with the roles "one, two"
      Then "ann" may "users.list, users.read, roles.list"
      And "ann" may not "users.delete"

    Scenario: A role is given
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a user "ann" with the role "one"
      When the administrator gives the role "two" to "ann"
      Then "ann" may "users.list, roles.list"

    Scenario: A role is taken
      Given a role "one" that permits "users.list, users.read"
      And a role "two" that permits "users.read, roles.list"
      And a user "ann" with the roles "one, two"
      When the administrator takes the role "one" from "ann"
      Then "ann" may "users.read, roles.list"
      And "ann" may not "users.list"

    Scenario: A role changes
      Given a role "one" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator updates the role "one" with
        | addPermissions    | ["roles.list"] |
        | removePermissions | ["users.list"] |
      Then "ann" may "roles.list"
      And "ann" may not "users.list"

  @SO-ASSIGN-01 @must
  Rule: Roles are given to a user and taken from it
    Source: 003_07598e8054470ed4.txt, updateUserRoles

    Scenario: Given
      Given a role "one" that permits "users.list"
      And a user "ann"
      When the administrator gives the role "one" to "ann"
      Then the request succeeds
      And "ann" has exactly the role "one"

    Scenario: Taken
      Given a role "one" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator takes the role "one" from "ann"
      Then the request succeeds
      And "ann" has exactly the roles "no"

    Scenario: One given and one taken
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator gives "two" and takes "one" as roles of "ann"
      Then "ann" has exactly the role "two"

    Scenario: One that it has already
      Given a role "one" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator gives the role "one" to "ann"
      Then "ann" has exactly the role "one"

  @SO-ASSIGN-02 @must
  Rule: A user is assigned to tenants and withdrawn from them
    Source: 003_07598e8054470ed4.txt, updateUserTenantAssignments

    Scenario: Assigned
      Given a user "ann"
      When the administrator assigns "ann" to the first tenant
      Then the request succeeds
      And "ann" is in exactly the first tenant

    Scenario: Withdrawn
      Given a user "ann" in the first and second tenants
      When the administrator withdraws "ann" from the first tenant
      Then the request succeeds
      And "ann" is in exactly the second tenant

  @SO-ASSIGN-03 @must
  Rule: What a change of roles or tenants does not name stays
    Source: 003_07598e8054470ed4.txt, updateUserRoles and updateUserTenantAssignments

    Scenario: The other roles
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      And a role "three" that permits "users.list"
      And a user "ann" with the roles "one, two"
      When the administrator gives "three" and takes "two" as roles of "ann"
      Then "ann" has exactly the roles "one, three"
      And "ann" shows locator, userName, firstName, lastName, email and tenants as before

    Scenario: The other tenants
      Given a user "ann" in the first tenant
      When the administrator assigns "ann" to the second tenant
      Then "ann" is in exactly the first and second tenants
      And "ann" shows locator, userName, firstName, lastName, email and roles as before

    Scenario: Nothing is named
      Given a role "one" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator gives "" and takes "" as roles of "ann"
      Then "ann" is unchanged

  @SO-ASSIGN-04 @should
  Rule: A change of roles or tenants that is refused is not half applied
    Source: 003_07598e8054470ed4.txt, updateUserRoles and updateUserTenantAssignments

    Scenario: A role that does not exist, among those to give
      Given a role "one" that permits "users.list"
      And a user "ann"
      When the administrator gives the roles "one, unknown" to "ann"
      Then "ann" is unchanged if that was refused

    Scenario: A role that does not exist, among those to take
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator gives "two" and takes "one, unknown" as roles of "ann"
      Then "ann" is unchanged if that was refused

    Scenario: A tenant that does not exist
      Given a user "ann" in the second tenant
      When the administrator assigns "ann" to the first tenant and one that does not exist
      Then "ann" is unchanged if that was refused
