@socotra @roles
Feature: Roles

  @SO-ROLE-01 @must
  Rule: A created role reads back as it was given
    Source: socotra-users, createRole, getRole

    Scenario Outline: A role that permits <permissions>
      When the administrator creates the role "one" with
        | permissions | (<permissions>) |
      Then it succeeds
      And the role "one" reads back as it was given

      Examples:
        | permissions                        |
        | users.list                         |
        | users.list, roles.read             |
        | users.list, roles.read, users.read |

    Scenario Outline: A role with the description <description>
      When the administrator creates the role "one" with
        | description | <description> |
      Then it succeeds
      And the role "one" reads back as it was given

      Examples:
        | description                    |
        | Über "alles" <und> noch was 安 |
        | "0012"                         |

  @SO-ROLE-02 @must
  Rule: A role says who created it, and when
    Source: socotra-users, createRole

    Scenario: A role that the administrator creates
      When the administrator creates the role "one"
      Then the role "one" was made now by the administrator

    Scenario: A role that somebody else creates
      Given a user "ann" who may "roles.add" and "users.list"
      When "ann" creates the role "one"
      Then the role "one" was made now by "ann"

  @SO-ROLE-03 @must
  Rule: A created role is listed once
    Source: socotra-users, fetchMultipleRoles

    Scenario: A new role
      When the administrator creates the role "one"
      Then the role "one" is listed 1 time

    Scenario: The first of two new roles
      When the administrator creates the role "one"
      And the administrator creates the role "two"
      Then the role "one" is listed 1 time
      And the role "two" is listed 1 time

  @SO-ROLE-04 @must
  Rule: A deleted role is gone
    Source: socotra-users, deleteRole

    Scenario: A role that nobody has
      Given a role "one"
      When the administrator deletes the role "one"
      Then it succeeds
      And the role "one" is gone

    Scenario: A role that is deleted twice
      Given a role "one"
      When the administrator deletes the role "one"
      And the administrator deletes the role "one"
      Then the role "one" is gone

    Scenario: A role that is updated after it was deleted
      Given a role "one"
      When the administrator deletes the role "one"
      And the administrator changes the role "one"
        | addPermissions | (roles.read) |
      Then the role "one" is gone

  @SO-ROLE-05 @must
  Rule: An update adds and removes the permissions that it names, and replaces name and description
    Source: socotra-users, updateRole

    Scenario: Each property alone, and each pair
      Given a role "one" that permits "users.list" and "users.read"
      When the administrator changes the role "one" in each of these alone and in each pair
        | name              | (tag)-renamed     | (tag)-again       | (tag)-more   |              |
        | description       | Changed by a test | Changed once more | And again    |              |
        | addPermissions    | (roles.list)      | (roles.read)      | (users.list) | (users.read) |
        | removePermissions | (users.read)      | (users.list)      | (roles.list) | (roles.read) |
      Then each shows what it was given, and nothing else has changed

    Scenario: Permissions added and removed at once
      Given a role "one" that permits "users.list", "users.read" and "roles.read"
      When the administrator changes the role "one"
        | addPermissions    | (roles.list)      |
        | removePermissions | (users.read)      |
        | description       | Changed by a test |
      Then it succeeds
      And the role "one" shows
        | permissions | (users.list, roles.read, roles.list) |
        | description | Changed by a test                    |
      And nothing has changed

    Scenario: Several permissions added and removed
      Given a role "one" that permits "users.list", "users.read" and "roles.read"
      When the administrator changes the role "one"
        | addPermissions    | (roles.list, users.add, roles.add) |
        | removePermissions | (users.read, roles.read)           |
      Then it succeeds
      And the role "one" shows
        | permissions | (users.list, roles.list, users.add, roles.add) |

    Scenario: Nothing but the description
      Given a role "one" that permits "users.list" and "users.read"
      When the administrator changes the role "one"
        | description | Changed by a test |
      Then it succeeds
      And the role "one" shows
        | permissions | (users.list, users.read) |
        | description | Changed by a test        |
      And the role "one" reads back as it was given

    Scenario: A name that changes
      Given a role "one"
      And a user "ann"
      And "ann" has the roles "one"
      When the administrator changes the role "one"
        | name | (tag)-renamed |
      Then it succeeds
      And the role "one" reads back as it was given
      And the role "one" is listed 1 time
      And "ann" has exactly the roles "one"

  @SO-ROLE-06 @should
  Rule: An update that is based on another version changes nothing
    Source: socotra-users, updateRole

    Scenario: A version before the last change
      Given a role "one"
      When the administrator changes the role "one"
        | description | Changed meanwhile |
      And the administrator changes the role "one"
        | version        | (the version before the last change) |
        | description    | Changed from a stale version         |
        | addPermissions | (roles.list)                         |
      Then it is refused
      And nothing has changed

    Scenario: A version to come
      Given a role "one"
      When the administrator changes the role "one"
        | version     | (a version to come)     |
        | description | Changed from the future |
      Then it is refused
      And nothing has changed

    Scenario: Several changes at once
      Given a role "one"
      When 8 changes of the role "one" are sent at once
      Then one change of the role "one" has won

  @SO-ROLE-07 @should
  Rule: Locator, time and creator of a role never change, and its version does with every update
    Source: socotra-users, getRole, updateRole

    Scenario: A change by somebody else
      Given a user "ann" who may "roles.update" and "users.list"
      And a role "one" that permits "users.list"
      When "ann" changes the role "one"
        | removePermissions | (users.list) |
      Then the role "one" has another version
      And the role "one" reads back as it was given

    Scenario: A change that names them
      Given a role "one"
      When the administrator changes the role "one"
        | locator     | 01ARZ3NDEKTSV4RRFFQ69G5FAV           |
        | createdAt   | 2001-01-01T00:00:00Z                 |
        | createdBy   | 11111111-1111-4111-8111-111111111111 |
        | description | Changed by a test                    |
      Then it is refused or has no effect
      And the role "one" reads back as it was given

    Scenario: A role that is read twice
      Given a role "one"
      When the administrator reads the role "one"
      And the administrator reads the role "one"
      Then nothing has changed

  @SO-ROLE-08 @should
  Rule: A deleted role leaves no permissions behind
    Source: socotra-users, deleteRole, fetchUserPermissions

    Scenario: A role that a user has
      Given a role "one" that permits "users.list" and "roles.list"
      And a user "ann"
      And "ann" has the roles "one"
      When the administrator deletes the role "one"
      Then "ann" has nothing of the role "one", or it was refused

    Scenario: One of two roles that a user has
      Given a role "one" that permits "users.delete"
      And a role "two" that permits "users.list"
      And a user "ann"
      And "ann" has the roles "one" and "two"
      When the administrator deletes the role "one"
      Then "ann" has nothing of the role "one", or it was refused

  @SO-ROLE-09 @should
  Rule: A role has only permissions that there are
    Source: socotra-users, createRole, updateRole, fetchAvailablePermissions; socotra-roles, permissions

    Scenario Outline: A new role with <permission>
      When the administrator creates the role "one" with
        | permissions | ["<permission>"] |
      Then the role "one" does not permit "<permission>", or it was refused

      Examples:
        | permission    |
        | users.fly     |
        | rolecall.read |
        | users         |
        | *.read        |
        | *             |

    Scenario: A new role with one that there is and one that there is not
      When the administrator creates the role "one" with
        | permissions | (users.list, users.fly) |
      Then the role "one" does not permit "users.fly", or it was refused

    Scenario Outline: <permission> for a role that is there
      Given a role "one"
      When the administrator changes the role "one"
        | addPermissions | ["<permission>"] |
      Then the role "one" does not permit "<permission>", or it was refused

      Examples:
        | permission |
        | users.fly  |
        | *.read     |

    Scenario Outline: <permission>, which is one
      When the administrator creates the role "one" with
        | permissions | (<permission>) |
      Then it succeeds
      And the role "one" reads back as it was given

      Examples:
        | permission |
        | users.*    |
        | *.*        |

  @SO-ROLE-10 @should
  Rule: Nobody grants more than it has
    Source: socotra-users, createRole, updateRole, createUser, updateUser, updateUserRoles; socotra-roles, roles

    Scenario Outline: A new role that permits <permission>
      Given a user "bob" who may "roles.add" and "users.list"
      When "bob" creates the role "one" with
        | permissions | (<permission>) |
      Then it is refused
      And nothing has changed

      Examples:
        | permission               |
        | users.delete             |
        | users.list, users.delete |
        | users.*                  |
        | *.*                      |

    Scenario: A role that is there
      Given a role "one" that permits "users.list"
      And a user "bob" who may "roles.update" and "users.list"
      When "bob" changes the role "one"
        | addPermissions | (users.delete) |
      Then it is refused
      And nothing has changed

    Scenario: The role that the caller has
      Given a user "bob" who may "roles.update" and "users.list"
      When "bob" changes the role "bobs"
        | addPermissions | (users.delete) |
      Then it is refused
      And nothing has changed

    Scenario: A new user with a role that permits more
      Given a role "one" that permits "users.delete"
      And a user "bob" who may "users.add" and "users.list"
      When "bob" creates the user "ann" with
        | roles | (the role "one") |
      Then it is refused
      And nothing has changed

    Scenario: An update that gives a role that permits more
      Given a role "one" that permits "users.delete"
      And a user "bob" who may "users.update" and "users.list"
      And a user "ann"
      When "bob" sets the roles of "ann" to "one"
      Then it is refused
      And nothing has changed

    Scenario: A role for another
      Given a role "one" that permits "users.delete"
      And a user "bob" who may "users.update-roles" and "users.list"
      And a user "ann"
      When "bob" grants the role "one" to "ann"
      Then it is refused
      And nothing has changed

    Scenario: The second of two roles for another
      Given a role "one" that permits "users.list"
      And a role "two" that permits "users.delete"
      And a user "bob" who may "users.update-roles" and "users.list"
      And a user "ann"
      When "bob" grants the roles "one" and "two" to "ann"
      Then it is refused
      And nothing has changed

    Scenario: A role for oneself
      Given a role "one" that permits "users.delete"
      And a user "bob" who may "users.update-roles" and "users.list"
      When "bob" grants the role "one" to "bob"
      Then it is refused
      And nothing has changed

    Scenario: A new role that permits what the caller has
      Given a user "bob" who may "roles.add" and "users.list"
      When "bob" creates the role "one" with
        | permissions | (users.list) |
      Then it succeeds
      And the role "one" reads back as it was given

  @SO-ROLE-11 @should
  Rule: An unknown role is refused
    Source: socotra-users, getRole, updateRole, deleteRole

    @safe
    Scenario: Reading an unknown role
      When the administrator tries getRole
      Then it is refused
      And each succeeds for what exists

    Scenario Outline: An unknown role that <operation> is tried on
      When the administrator tries <operation>
      Then it is refused
      And each succeeds for what exists

      Examples:
        | operation  |
        | updateRole |
        | deleteRole |

  @SO-ROLE-12 @should @disruptive
  Rule: A role that came with the account stays as it is
    Source: socotra-users, updateRole, deleteRole; socotra-roles, specialRoles

    Scenario Outline: Changing <role>
      Given the built-in role "<role>" as "it"
      When the administrator changes the role "it"
        | description | Changed by a test |
      Then it is refused
      And nothing has changed

      Examples:
        | role      |
        | admin     |
        | read-only |

    Scenario: Deleting read-only
      Given the built-in role "read-only" as "it"
      When the administrator deletes the role "it"
      Then it is refused
      And nothing has changed

  @SO-ROLE-13 @should
  Rule: A name names one role
    Source: socotra-users, createRole, createUser

    Scenario: A second role with the same name
      Given a role "one"
      When the administrator creates the role "two" with
        | name | (the name of the role "one") |
      Then it is refused
      And the role "one" is listed 1 time
      And nothing has changed

  @SO-ROLE-14 @must
  Rule: An update is based on the version that was read
    Source: socotra-users, getRole, updateRole

    Scenario: Two changes, each from the version that the role shows
      Given a role "one" that permits "users.list"
      When the administrator changes the role "one"
        | addPermissions | (roles.read) |
      And the administrator changes the role "one"
        | addPermissions | (roles.list) |
      Then it succeeds
      And the role "one" shows
        | permissions | (users.list, roles.read, roles.list) |

    Scenario: A change without a version
      Given a role "one"
      When the administrator changes the role "one"
        | version     | (left out)        |
        | description | Changed by a test |
      Then it is refused
      And nothing has changed

  @SO-ROLE-15 @should
  Rule: The texts of a role are kept as they are written
    Source: socotra-users, createRole

    Scenario Outline: Texts that break things as <property>
      When the administrator creates roles with each of these texts as <property>
        | " "                                            |
        | "  in between  "                               |
        | "one\\ttwo\\nthree"                            |
        | a long text of 65 letters                      |
        | a long text of 256 letters                     |
        | a long text of 4000 letters                    |
        | Añn Ωμέγα Жанна 安                               |
        | 👩‍👩‍👧‍👦 and 🏳️‍🌈                          |
        | "e\\u0301tude"                                 |
        | אבג abc                                        |
        | İSTANBUL ẞ                                     |
        | <b onclick="x()">bold</b> &amp; &lt;           |
        | O'Neil the "second" \\                         |
        | Robert'); DROP TABLE users;--                  |
        | ${jndi:ldap://x} {{7*7}} %s %n                 |
        | %41%20%2F+&=?#                                 |
        | 0012                                           |
        | 1e3                                            |
        | null                                           |
        | true                                           |
        | =1+1                                           |
      Then each text reads back to the letter, or is refused

      Examples:
        | property    |
        | name        |
        | description |
