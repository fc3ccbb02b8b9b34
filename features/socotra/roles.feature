@socotra @roles
Feature: Roles

  @SO-ROLE-01 @must
  Rule: A created role reads back as it was given
    Source: socotra-users, createRole, getRole

    Scenario Outline: A role that permits <permissions>
      When the administrator creates the role "one" that permits "<permissions>"
      Then the request succeeds
      And the role "one" reads back as it was given

      Examples:
        | permissions                        |
        | users.list                         |
        | users.list, roles.read             |
        | users.list, roles.read, users.read |

    Scenario Outline: A role with the description <description>
      When the administrator creates the role "one" with
        | description | <description> |
      Then the request succeeds
      And the role "one" reads back as it was given

      Examples:
        | description                    |
        | Über "alles" <und> noch was 安 |
        | "0012"                         |

  @SO-ROLE-02 @must
  Rule: A role says who created it, and when
    Source: socotra-users, createRole

    Scenario: A role that the administrator creates
      When the administrator creates the role "one" that permits "users.list"
      Then the role "one" was made by the administrator

    Scenario: A role that somebody else creates
      Given a user "ann" who may "roles.add, users.list"
      When "ann" creates the role "one" that permits "users.list"
      Then the role "one" was made by "ann"

    Scenario: A role that is created now
      When the administrator creates the role "one" that permits "users.list"
      Then the role "one" was made now

  @SO-ROLE-03 @must
  Rule: A created role is listed once
    Source: socotra-users, fetchMultipleRoles

    Scenario: A new role
      When the administrator creates the role "one" that permits "users.list"
      Then the role "one" is listed 1 time

    Scenario: The first of two new roles
      When the administrator creates the role "one" that permits "users.list"
      And the administrator creates the role "two" that permits "users.list"
      Then the role "one" is listed 1 time

  @SO-ROLE-04 @must
  Rule: A deleted role is gone
    Source: socotra-users, deleteRole

    Scenario: A role that nobody has
      Given a role "one" that permits "users.list"
      When the administrator deletes the role "one"
      Then the request succeeds
      And the role "one" is gone

    Scenario: A role that is deleted twice
      Given a role "one" that permits "users.list"
      When the administrator deletes the role "one"
      And the administrator deletes the role "one"
      Then the role "one" is gone

    Scenario: A role that is updated after it was deleted
      Given a role "one" that permits "users.list"
      When the administrator deletes the role "one"
      And the administrator adds "roles.read" to the role "one"
      Then the role "one" is gone

  @SO-ROLE-05 @must
  Rule: An update adds and removes the permissions that it names, and replaces name and description
    Source: socotra-users, updateRole

    Scenario: Each property alone, and each pair
      Given a role "one" that permits "users.list, users.read"
      When the administrator updates the role "one" in each of "name, description, addPermissions, removePermissions", alone and in pairs
      Then every update shows, and nothing else has changed

    Scenario: Permissions added and removed at once
      Given a role "one" that permits "users.list, users.read, roles.read"
      When the administrator updates the role "one" with
        | addPermissions    | ["roles.list"]    |
        | removePermissions | ["users.read"]    |
        | description       | Changed by a test |
      Then the request succeeds
      And the role "one" permits just "users.list, roles.read, roles.list"
      And the role "one" shows description as "Changed by a test"

    Scenario: Several permissions added and removed
      Given a role "one" that permits "users.list, users.read, roles.read"
      When the administrator updates the role "one" with
        | addPermissions    | ["roles.list", "users.add", "roles.add"] |
        | removePermissions | ["users.read", "roles.read"]             |
      Then the request succeeds
      And the role "one" permits just "users.list, roles.list, users.add, roles.add"

    Scenario: Nothing but the description
      Given a role "one" that permits "users.list, users.read"
      When the administrator updates the role "one" with
        | description | Changed by a test |
      Then the request succeeds
      And the role "one" permits just "users.list, users.read"
      And the role "one" shows description as "Changed by a test"
      And the role "one" shows name as before

    Scenario: A name that changes
      Given a role "one" that permits "users.list"
      And a user "ann" with the role "one"
      When the administrator renames the role "one"
      Then the request succeeds
      And the role "one" is listed 1 time

  @SO-ROLE-06 @should
  Rule: An update that is based on another version changes nothing
    Source: socotra-users, updateRole

    Scenario: A stale version
      Given a role "one" that permits "users.list"
      And somebody else has updated the role "one"
      When the administrator updates the role "one" from the version before that
      Then the request is refused
      And the role "one" is unchanged

    Scenario: A version to come
      Given a role "one" that permits "users.list"
      When the administrator updates the role "one" from a version to come
      Then the request is refused
      And the role "one" is unchanged

    Scenario: Several updates at once
      Given a role "one" that permits "users.list"
      When 8 updates of the role "one" from one version are sent at once
      Then exactly one update of the role "one" won

  @SO-ROLE-07 @should
  Rule: Locator, time and creator of a role never change, and its version does with every update
    Source: socotra-users, getRole, updateRole

    Scenario: An update by somebody else
      Given a user "ann" who may "roles.update, users.list"
      And a role "one" that permits "users.list"
      When "ann" removes "users.list" from the role "one"
      Then the role "one" shows locator, createdAt and createdBy as before
      And the role "one" has another version

    Scenario: An update that names them
      Given a role "one" that permits "users.list"
      When the administrator updates the role "one" with
        | locator     | 01ARZ3NDEKTSV4RRFFQ69G5FAV           |
        | createdAt   | 2001-01-01T00:00:00Z                 |
        | createdBy   | 11111111-1111-4111-8111-111111111111 |
        | description | Changed by a test                    |
      Then the request is refused or has no effect
      And the role "one" shows locator, createdAt and createdBy as before

    Scenario: A role that is read twice
      Given a role "one" that permits "users.list"
      When the administrator reads the role "one"
      And the administrator reads the role "one"
      Then the role "one" is unchanged

  @SO-ROLE-08 @should
  Rule: A deleted role leaves no permissions behind
    Source: socotra-users, deleteRole, fetchUserPermissions

    Scenario: A role that a user has
      Given a role "one" that permits "users.list, roles.list"
      And a user "ann" with the role "one"
      When the administrator deletes the role "one"
      Then "ann" has nothing of the role "one", or everything is as before

    Scenario: One of two roles that a user has
      Given a role "one" that permits "users.delete"
      And a role "two" that permits "users.list"
      And a user "ann" with the roles "one, two"
      When the administrator deletes the role "one"
      Then "ann" has nothing of the role "one", or everything is as before

  @SO-ROLE-09 @should
  Rule: A role has only permissions that there are
    Source: socotra-users, createRole, updateRole, fetchAvailablePermissions; socotra-roles, permissions

    Scenario Outline: A new role with <permission>
      When the administrator creates the role "one" that permits "users.list, <permission>"
      Then that is refused, or the role "one" lacks "<permission>"

      Examples:
        | permission    |
        | users.fly     |
        | rolecall.read |
        | users         |
        | *.read        |
        | *             |

    Scenario Outline: <permission> for a role that is there
      Given a role "one" that permits "users.list"
      When the administrator adds "<permission>" to the role "one"
      Then that is refused, or the role "one" lacks "<permission>"

      Examples:
        | permission |
        | users.fly  |
        | *.read     |

    Scenario Outline: <permission>, which is one
      When the administrator creates the role "one" that permits "<permission>"
      Then the request succeeds
      And the role "one" reads back as it was given

      Examples:
        | permission |
        | users.*    |
        | *.*        |

  @SO-ROLE-10 @should
  Rule: Nobody grants more than it has
    Source: socotra-users, createRole, updateRole, createUser, updateUser, updateUserRoles; socotra-roles, roles

    Scenario Outline: A new role that permits <permission>
      Given a user "bob" who may "roles.add, users.list"
      When "bob" creates the role "one" that permits "<permission>"
      Then the request is refused
      And there is no role "one"

      Examples:
        | permission               |
        | users.delete             |
        | users.list, users.delete |
        | users.*                  |
        | *.*                      |

    Scenario: A role that is there
      Given a user "bob" who may "roles.update, users.list"
      And a role "one" that permits "users.list"
      When "bob" adds "users.delete" to the role "one"
      Then the request is refused
      And the role "one" is unchanged

    Scenario: The role that the caller has
      Given a user "bob" who may "roles.update, users.list"
      When "bob" adds "users.delete" to the role "bob-role"
      Then the request is refused
      And the role "bob-role" is unchanged

    Scenario: A new user with a role that permits more
      Given a user "bob" who may "users.add, users.list"
      And a role "one" that permits "users.delete"
      When "bob" creates the user "ann" with the role "one"
      Then the request is refused
      And there is no user like "ann"

    Scenario: An update that gives a role that permits more
      Given a user "bob" who may "users.update, users.list"
      And a role "one" that permits "users.delete"
      And a user "ann"
      When "bob" updates "ann" to the role "one"
      Then the request is refused
      And "ann" is unchanged

    Scenario: A role for another
      Given a user "bob" who may "users.update-roles, users.list"
      And a role "one" that permits "users.delete"
      And a user "ann"
      When "bob" gives the role "one" to "ann"
      Then the request is refused
      And "ann" is unchanged

    Scenario: The second of two roles for another
      Given a user "bob" who may "users.update-roles, users.list"
      And a role "one" that permits "users.list"
      And a role "two" that permits "users.delete"
      And a user "ann"
      When "bob" gives the roles "one, two" to "ann"
      Then the request is refused
      And "ann" is unchanged

    Scenario: A role for oneself
      Given a user "bob" who may "users.update-roles, users.list"
      And a role "one" that permits "users.delete"
      When "bob" gives the role "one" to "bob"
      Then the request is refused
      And "bob" is unchanged

    Scenario: A new role that permits what the caller has
      Given a user "bob" who may "roles.add, users.list"
      When "bob" creates the role "one" that permits "users.list"
      Then the request succeeds
      And the role "one" reads back as it was given

  @SO-ROLE-11 @should
  Rule: An unknown role is refused
    Source: socotra-users, getRole, updateRole, deleteRole

    @safe
    Scenario: Reading an unknown role
      When the administrator calls getRole for something unknown
      Then the request is refused
      And the administrator is known

    Scenario Outline: Changing an unknown role by <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused
      And the administrator is known

      Examples:
        | operation  |
        | updateRole |
        | deleteRole |

  @SO-ROLE-12 @should @disruptive
  Rule: A role that came with the account stays as it is
    Source: socotra-users, updateRole, deleteRole; socotra-roles, specialRoles

    Scenario Outline: Changing <role>
      Given the built-in role "<role>"
      When the administrator updates the role "<role>" with
        | description | Changed by a test |
      Then the request is refused
      And the role "<role>" is unchanged

      Examples:
        | role      |
        | admin     |
        | read-only |

    Scenario: Deleting read-only
      Given the built-in role "read-only"
      When the administrator deletes the role "read-only"
      Then the request is refused
      And the role "read-only" is unchanged

  @SO-ROLE-13 @should
  Rule: A name names one role
    Source: socotra-users, createRole, createUser

    Scenario: A second role with the same name
      Given a role "one" that permits "users.list"
      When the administrator creates the role "two" with
        | name | (the name of the role "one") |
      Then the request is refused
      And the role "one" is listed 1 time
      And the role "one" is unchanged

  @SO-ROLE-14 @must
  Rule: An update is based on the version that was read
    Source: socotra-users, getRole, updateRole

    Scenario: Two updates, each from the version that the role shows
      Given a role "one" that permits "users.list"
      When the administrator adds "roles.read" to the role "one"
      And the administrator reads the role "one" anew
      And the administrator adds "roles.list" to the role "one"
      Then the request succeeds
      And the role "one" permits just "users.list, roles.read, roles.list"

    Scenario: An update without a version
      Given a role "one" that permits "users.list"
      When the administrator updates the role "one" without version
      Then the request is refused
      And the role "one" is unchanged

  @SO-ROLE-15 @should
  Rule: The texts of a role are kept as they are written
    Source: socotra-users, createRole

    Scenario Outline: Texts that break things as <property>
      When the administrator creates a role for each odd text as <property>
      Then each role has its text, or was refused

      Examples:
        | property    |
        | name        |
        | description |
