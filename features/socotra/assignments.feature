@socotra @assignments
Feature: Permissions, and who is given what

  @SO-PERM-01 @must
  Rule: Every available permission is listed once and can be given to a role
    Source: socotra-users, fetchAvailablePermissions, createRole

    @safe
    Scenario: The list of permissions
      When the administrator tries fetchAvailablePermissions
      Then every permission is listed once
      And each succeeds for what exists

    Scenario: A role with all of them
      When the administrator creates the role "one" with
        | permissions | (all that there are) |
      Then it succeeds
      And the role "one" reads back as it was given

  @SO-PERM-02 @should
  Rule: A user may do what any of its roles permits, from the moment that it has it
    Source: socotra-users, fetchUserPermissions; socotra-roles, permissions

    Scenario: Two roles
      Given a role "one" that permits "users.list" and "users.read"
      And a role "two" that permits "users.read" and "roles.list"
      When the administrator creates the user "ann" with
        | roles | (the roles "one" and "two") |
      Then "ann" may "users.list", "users.read" and "roles.list"
      And "ann" may not "users.delete"

    Scenario: Three roles
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.read"
      And a role "three" that permits "roles.list" and "users.add"
      When the administrator creates the user "ann" with
        | roles | (the roles "one", "two" and "three") |
      Then "ann" may "users.list", "users.read", "roles.list" and "users.add"
      And "ann" may not "users.delete"

    Scenario: A role that is given
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a user "ann"
      And "ann" has the roles "one"
      When the administrator grants the role "two" to "ann"
      Then "ann" may "users.list" and "roles.list"

    Scenario: A role that is taken
      Given a role "one" that permits "users.list" and "users.read"
      And a role "two" that permits "users.read" and "roles.list"
      And a user "ann"
      And "ann" has the roles "one" and "two"
      When the administrator revokes the role "one" from "ann"
      Then "ann" may "users.read" and "roles.list"
      And "ann" may not "users.list"

    Scenario: A role that changes
      Given a role "one" that permits "users.list"
      And a user "ann"
      And "ann" has the roles "one"
      When the administrator changes the role "one"
        | addPermissions    | (roles.list) |
        | removePermissions | (users.list) |
      Then "ann" may "roles.list"
      And "ann" may not "users.list"

    Scenario: A role that an update of the user replaces
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a user "ann"
      And "ann" has the roles "one"
      When the administrator sets the roles of "ann" to "two"
      Then "ann" may "roles.list"

  @SO-ASSIGN-01 @must
  Rule: Roles are given to a user and taken from it
    Source: socotra-users, updateUserRoles

    Scenario Outline: Giving the roles <roles>
      Given a role "one"
      And a role "two"
      And a role "three"
      And a user "ann" with
        | tenants | (the tenant "first") |
      When the administrator grants the roles <roles> to "ann"
      Then it succeeds
      And "ann" has exactly the roles <roles>

      Examples:
        | roles                   |
        | "one"                   |
        | "one" and "two"         |
        | "one", "two" and "three" |

    Scenario Outline: Taking the roles <taken> of three
      Given a role "one"
      And a role "two"
      And a role "three"
      And a user "ann"
      And "ann" has the roles "one", "two" and "three"
      When the administrator revokes the roles <taken> from "ann"
      Then it succeeds
      And "ann" has exactly the roles <left>

      Examples:
        | taken             | left              |
        | "one"             | "two" and "three" |
        | "three"           | "one" and "two"   |
        | "one" and "three" | "two"             |

    Scenario: Taking all of three roles
      Given a role "one"
      And a role "two"
      And a role "three"
      And a user "ann"
      And "ann" has the roles "one", "two" and "three"
      When the administrator revokes the roles "one", "two" and "three" from "ann"
      Then it succeeds
      And "ann" has no roles

    Scenario: One role after the other, given and taken
      Given a role "one"
      And a role "two"
      And a role "three"
      And a user "ann"
      And "ann" has no roles
      When the administrator changes the roles of "ann" in turn
        | grants  | one           | one           |
        | grants  | two           | one and two   |
        | revokes | one           | two           |
        | grants  | one           | one and two   |
        | sets    | three         | three         |
        | grants  | one and two   | one, two and three |
        | revokes | one and three | two           |
      Then each change of the roles of "ann" is as the table says

    Scenario: One role given and one taken
      Given a role "one"
      And a role "two"
      And a user "ann"
      And "ann" has the roles "one"
      When the administrator changes the roles of "ann"
        | addRoles    | (the role "two") |
        | removeRoles | (the role "one") |
      Then it succeeds
      And "ann" has exactly the roles "two"

  @SO-ASSIGN-02 @must
  Rule: A user is assigned to tenants and withdrawn from them
    Source: socotra-users, updateUserTenantAssignments

    Scenario Outline: Assigned to the tenants <tenants>
      Given a user "ann"
      When the administrator grants the tenants <tenants> to "ann"
      Then it succeeds
      And "ann" has exactly the tenants <tenants>

      Examples:
        | tenants              |
        | "first"              |
        | "first" and "second" |

    Scenario Outline: Withdrawn from the tenant <taken> of two
      Given a user "ann"
      And "ann" has the tenants "first" and "second"
      When the administrator revokes the tenant <taken> from "ann"
      Then it succeeds
      And "ann" has exactly the tenants <left>

      Examples:
        | taken    | left     |
        | "first"  | "second" |
        | "second" | "first"  |

    Scenario: Withdrawn from both tenants of two
      Given a user "ann"
      And "ann" has the tenants "first" and "second"
      When the administrator revokes the tenants "first" and "second" from "ann"
      Then it succeeds
      And "ann" has no tenants

    Scenario: One tenant after the other, assigned and withdrawn
      Given a user "ann"
      And "ann" has no tenants
      When the administrator changes the tenants of "ann" in turn
        | grants  | first  | first            |
        | grants  | second | first and second |
        | revokes | first  | second           |
        | grants  | first  | first and second |
      Then each change of the tenants of "ann" is as the table says

  @SO-ASSIGN-03 @must
  Rule: What a change of roles or tenants does not name stays
    Source: socotra-users, updateUserRoles, updateUserTenantAssignments

    Scenario: The other roles
      Given a role "one"
      And a role "two"
      And a role "three"
      And a user "ann"
      And "ann" has the roles "one" and "two"
      When the administrator changes the roles of "ann"
        | addRoles    | (the role "three") |
        | removeRoles | (the role "two")   |
      Then it succeeds
      And "ann" has exactly the roles "one" and "three"
      And nothing has changed

    Scenario: The other tenants
      Given a user "ann"
      And "ann" has the tenants "first"
      When the administrator grants the tenant "second" to "ann"
      Then it succeeds
      And "ann" has exactly the tenants "first" and "second"
      And nothing has changed

    Scenario: The tenants, while roles change
      Given a role "one"
      And an equipped user "ann"
      When the administrator grants the role "one" to "ann"
      Then it succeeds
      And "ann" has exactly the tenants "first"
      And "ann" is unharmed

    Scenario: Everything, where nothing is named
      Given an equipped user "ann"
      When the administrator changes the roles of "ann"
        | addRoles    | [] |
        | removeRoles | [] |
      Then "ann" is unharmed

  @SO-ASSIGN-04 @should
  Rule: A change of roles or tenants that is refused is not half applied
    Source: socotra-users, updateUserRoles, updateUserTenantAssignments

    Scenario Outline: The roles <roles>, of which one does not exist
      Given a role "one"
      And a user "ann"
      When the administrator grants the roles <roles> to "ann"
      Then nothing has changed if it was refused

      Examples:
        | roles               |
        | "one" and "unknown" |
        | "unknown" and "one" |

    Scenario: A role that does not exist, among those to take
      Given a role "one"
      And a role "two"
      And a user "ann"
      And "ann" has the roles "one"
      When the administrator changes the roles of "ann"
        | addRoles    | (the role "two")                |
        | removeRoles | (the roles "one" and "unknown") |
      Then nothing has changed if it was refused

    Scenario: A tenant that does not exist
      Given a user "ann"
      And "ann" has the tenants "second"
      When the administrator grants the tenants "first" and "unknown" to "ann"
      Then nothing has changed if it was refused

  @SO-ASSIGN-05 @should
  Rule: Giving twice gives once, and what is not there can be taken
    Source: socotra-users, updateUserRoles

    Scenario: A role that the user has already
      Given a role "one"
      And a user "ann"
      And "ann" has the roles "one"
      When the administrator grants the role "one" to "ann"
      Then it succeeds
      And "ann" has exactly the roles "one"

    Scenario: A role that is named twice
      Given a role "one"
      And a user "ann"
      When the administrator grants the roles "one" and "one" to "ann"
      Then it succeeds
      And "ann" has exactly the roles "one"

    Scenario: A role that the user has not
      Given a role "one"
      And a role "two"
      And a user "ann"
      And "ann" has the roles "one"
      When the administrator revokes the role "two" from "ann"
      Then it succeeds
      And "ann" has exactly the roles "one"

    Scenario: Permissions that a role has already, and that it has not
      Given a role "one" that permits "users.list" and "users.read"
      When the administrator changes the role "one"
        | addPermissions    | (users.list) |
        | removePermissions | (roles.read) |
      Then it succeeds
      And the role "one" shows
        | permissions | (users.list, users.read) |
