@socotra @assignments
Feature: Permissions, and who is given what

  @SO-PERM-01 @must
  Rule: Every available permission is listed once and can be given to a role
    Source: socotra-users, fetchAvailablePermissions, createRole

    @safe
    Scenario: The list of permissions
      When the administrator calls fetchAvailablePermissions
      Then the answer lists every permission once
      And the administrator is known

    Scenario: A role with all of them
      When the administrator creates the role "one" that permits everything available
      Then the request succeeds
      And the role "one" reads back as it was given

  @SO-PERM-02 @should
  Rule: A user may do what any of its roles permits, from the moment that it has it
    Source: socotra-users, fetchUserPermissions; socotra-roles, permissions

    Scenario: Two roles
      Given a role "one" that permits "users.list, users.read"
      And a role "two" that permits "users.read, roles.list"
      When the administrator creates the user "ann" with the roles "one, two"
      Then "ann" may "users.list, users.read, roles.list"
      And "ann" may not "users.delete"

    Scenario: Three roles
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.read"
      And a role "three" that permits "roles.list, users.add"
      When the administrator creates the user "ann" with the roles "one, two, three"
      Then "ann" may "users.list, users.read, roles.list, users.add"
      And "ann" may not "users.delete"

    Scenario: A role that is given
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a user "ann" with the role "one"
      When the administrator gives the role "two" to "ann"
      Then "ann" may "users.list, roles.list"

    Scenario: A role that is taken
      Given a role "one" that permits "users.list, users.read"
      And a role "two" that permits "users.read, roles.list"
      And a user "ann" with the roles "one, two"
      When the administrator takes the role "one" from "ann"
      Then "ann" may "users.read, roles.list"
      And "ann" may not "users.list"

    Scenario: A role that changes
      Given a role "one" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator updates the role "one" with
        | addPermissions    | ["roles.list"] |
        | removePermissions | ["users.list"] |
      Then "ann" may "roles.list"
      And "ann" may not "users.list"

    Scenario: A role that an update of the user replaces
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a user "ann" with the role "one"
      When the administrator updates "ann" to the roles "two"
      Then "ann" may "roles.list"

  @SO-ASSIGN-01 @must
  Rule: Roles are given to a user and taken from it
    Source: socotra-users, updateUserRoles

    Scenario Outline: Giving the roles <roles>
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      And a role "three" that permits "users.list"
      And a user "ann" in the first tenant
      When the administrator gives the roles "<roles>" to "ann"
      Then the request succeeds
      And "ann" has exactly the roles "<roles>"

      Examples:
        | roles           |
        | one             |
        | one, two        |
        | one, two, three |

    Scenario Outline: Taking the roles <taken> of three
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      And a role "three" that permits "users.list"
      And a user "ann" with the roles "one, two, three"
      When the administrator takes the roles "<taken>" from "ann"
      Then the request succeeds
      And "ann" has exactly the roles "<left>"

      Examples:
        | taken           | left       |
        | one             | two, three |
        | three           | one, two   |
        | one, three      | two        |
        | one, two, three | no         |

    Scenario: One role after the other
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      And a user "ann"
      When the administrator gives the role "one" to "ann"
      And the administrator gives the role "two" to "ann"
      Then the request succeeds
      And "ann" has exactly the roles "one, two"

    Scenario: A role that is taken and given again
      Given a role "one" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator takes the role "one" from "ann"
      And the administrator gives the role "one" to "ann"
      Then the request succeeds
      And "ann" has exactly the role "one"

    Scenario: One role given and one taken
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator gives "two" and takes "one" as roles of "ann"
      Then the request succeeds
      And "ann" has exactly the role "two"

  @SO-ASSIGN-02 @must
  Rule: A user is assigned to tenants and withdrawn from them
    Source: socotra-users, updateUserTenantAssignments

    Scenario Outline: Assigned to the <tenants>
      Given a user "ann"
      When the administrator assigns "ann" to the <tenants>
      Then the request succeeds
      And "ann" is in exactly the <tenants>

      Examples:
        | tenants                  |
        | first tenant             |
        | first and second tenants |

    Scenario Outline: Withdrawn from the <tenants> of two
      Given a user "ann" in the first and second tenants
      When the administrator withdraws "ann" from the <tenants>
      Then the request succeeds
      And "ann" is in exactly the <left>

      Examples:
        | tenants       | left          |
        | first tenant  | second tenant |
        | second tenant | first tenant  |

    Scenario: Withdrawn from both tenants of two
      Given a user "ann" in the first and second tenants
      When the administrator withdraws "ann" from the first and second tenants
      Then the request succeeds
      And "ann" is in no tenant

    Scenario: Assigned to one tenant after the other
      Given a user "ann"
      When the administrator assigns "ann" to the first tenant
      And the administrator assigns "ann" to the second tenant
      Then the request succeeds
      And "ann" is in exactly the first and second tenants

  @SO-ASSIGN-03 @must
  Rule: What a change of roles or tenants does not name stays
    Source: socotra-users, updateUserRoles, updateUserTenantAssignments

    Scenario: The other roles
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      And a role "three" that permits "users.list"
      And a user "ann" with the roles "one, two"
      When the administrator gives "three" and takes "two" as roles of "ann"
      Then the request succeeds
      And "ann" has exactly the roles "one, three"
      And "ann" shows locator, userName, firstName, lastName, email and tenants as before

    Scenario: The other tenants
      Given a user "ann" in the first tenant
      When the administrator assigns "ann" to the second tenant
      Then the request succeeds
      And "ann" is in exactly the first and second tenants
      And "ann" shows locator, userName, firstName, lastName, email and roles as before

    Scenario: The tenants, while roles change
      Given a role "one" that permits "users.list"
      And a user "ann" with every property
      When the administrator gives the role "one" to "ann"
      Then the request succeeds
      And "ann" shows tenants and email as before

    Scenario: Everything, where nothing is named
      Given a user "ann" with every property
      When the administrator gives "" and takes "" as roles of "ann"
      Then "ann" is unchanged

  @SO-ASSIGN-04 @should
  Rule: A change of roles or tenants that is refused is not half applied
    Source: socotra-users, updateUserRoles, updateUserTenantAssignments

    Scenario: A role that does not exist, among those to give
      Given a role "one" that permits "users.list"
      And a user "ann"
      When the administrator gives the roles "one, unknown" to "ann"
      Then "ann" is unchanged if that was refused

    Scenario: A role that does not exist, before those to give
      Given a role "one" that permits "users.list"
      And a user "ann"
      When the administrator gives the roles "unknown, one" to "ann"
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

  @SO-ASSIGN-05 @should
  Rule: Giving twice gives once, and what is not there can be taken
    Source: socotra-users, updateUserRoles

    Scenario: A role that the user has already
      Given a role "one" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator gives the role "one" to "ann"
      Then the request succeeds
      And "ann" has exactly the role "one"

    Scenario: A role that is named twice
      Given a role "one" that permits "users.list"
      And a user "ann"
      When the administrator gives the roles "one, one" to "ann"
      Then the request succeeds
      And "ann" has exactly the role "one"

    Scenario: A role that the user has not
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator takes the role "two" from "ann"
      Then the request succeeds
      And "ann" has exactly the role "one"

    Scenario: Permissions that a role has already, and that it has not
      Given a role "one" that permits "users.list, users.read"
      When the administrator updates the role "one" with
        | addPermissions    | ["users.list"] |
        | removePermissions | ["roles.read"] |
      Then the request succeeds
      And the role "one" permits just "users.list, users.read"
