@socotra @users
Feature: Users

  @SO-USER-01 @must
  Rule: A created user reads back as it was given
    Source: socotra-users, createUser, fetchUserByLocator, fetchUserByName

    Scenario: A user with what is required and an e-mail address
      When the administrator creates the user "ann"
      Then the request succeeds
      And "ann" reads back as it was given

    Scenario Outline: A user with <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then the request succeeds
      And "ann" reads back as it was given

      Examples:
        | property          | value                        |
        | firstName         | Añn-Ōsaka 安                   |
        | firstName         | "0012"                       |
        | firstName         | 😀 🤷🏽                        |
        | lastName          | O'Neil "the second" <x>      |
        | lastName          | "null"                       |
        | email             | ann.o'neil+test@mail.example |
        | email             | null                         |
        | temporaryPassword | true                         |

    Scenario Outline: A user with the roles <roles>
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a role "three" that permits "users.read"
      When the administrator creates the user "ann" with the roles "<roles>"
      Then the request succeeds
      And "ann" reads back as it was given

      Examples:
        | roles           |
        | one             |
        | one, two        |
        | three, one, two |

    Scenario Outline: A user in the <tenants>
      When the administrator creates the user "ann" in the <tenants>
      Then the request succeeds
      And "ann" reads back as it was given

      Examples:
        | tenants                  |
        | first tenant             |
        | first and second tenants |

  @SO-USER-02 @must
  Rule: A created user has a new locator, which is a UUID
    Source: socotra-users, createUser

    Scenario: Two users
      When the administrator creates the user "ann"
      And the administrator creates the user "bob"
      Then "ann" and "bob" have locators of their own

  @SO-USER-03 @must
  Rule: Every answer about a user has tenants
    Source: socotra-users, createUser, fetchUserByLocator, fetchUserByName, fetchMultipleUsers, updateUser, fetchMyUserDetails

    Scenario: A user without tenants
      Given a user "ann" who may "users.custom"
      When the administrator calls fetchUserByLocator for "ann"
      And the administrator calls fetchUserByName for "ann"
      And the administrator calls updateUser for "ann"
      And "ann" calls fetchMyUserDetails for "ann"
      Then every answer about "ann" has tenants
      And "ann" is in no tenant

    Scenario Outline: A user in the <tenants>
      Given a user "ann" in the <tenants>
      When the administrator calls fetchUserByLocator for "ann"
      And the administrator calls fetchUserByName for "ann"
      And the administrator calls fetchMultipleUsers from item 0 for 20 items
      And the administrator calls updateUser for "ann"
      Then every answer about "ann" has tenants
      And "ann" is in exactly the <tenants>

      Examples:
        | tenants                  |
        | first tenant             |
        | first and second tenants |

  @SO-USER-04 @must
  Rule: A user name looks like an e-mail address
    Source: socotra-users, createUser

    Scenario Outline: The user name "<userName>"
      When the administrator creates the user "ann" with
        | userName | <userName> |
      Then the request is refused
      And there is no user like "ann"

      Examples:
        | userName            |
        | (tag)               |
        | (tag) example       |
        | (tag)@              |
        | @(tag)              |
        | (tag) <a@b.example> |

    Scenario: A user name that is an e-mail address
      When the administrator creates the user "ann"
      Then the request succeeds
      And "ann" reads back as it was given

  @SO-USER-05 @must
  Rule: A user without a required property is refused
    Source: socotra-users, createUser

    Scenario Outline: A user without <property>
      When the administrator creates the user "ann" with
        | <property> | (left out) |
      Then the request is refused
      And there is no user like "ann"

      Examples:
        | property  |
        | firstName |
        | lastName  |
        | userName  |

    @drift
    Scenario Outline: A user without <property>, which newer servers do not ask for
      When the administrator creates the user "ann" with
        | <property> | (left out) |
      Then the request is refused
      And there is no user like "ann"

      Examples:
        | property          |
        | password          |
        | temporaryPassword |

  @SO-USER-06 @should
  Rule: A second user with the same name is refused and the first is unharmed
    Source: socotra-users, createUser, fetchUserByName

    Scenario: A name that is taken
      Given a user "ann"
      When the administrator creates the user "bob" with
        | userName | (the userName of "ann") |
      Then the request is refused
      And only "ann" has its name
      And "ann" is unchanged
      And "ann" signs in with its password

  @SO-USER-08 @must
  Rule: Whoami is the caller
    Source: socotra-users, fetchMyUserDetails

    Scenario: The first of two callers
      Given a user "ann" who may "users.custom"
      And a user "bob" who may "users.custom"
      When "ann" calls fetchMyUserDetails for "ann"
      Then the answer is "ann"
      And "ann" is unchanged

    Scenario: The second of two callers, after the first
      Given a user "ann" who may "users.custom"
      And a user "bob" who may "users.custom"
      When "ann" calls fetchMyUserDetails for "ann"
      And "bob" calls fetchMyUserDetails for "bob"
      Then the answer is "bob"

    Scenario: A caller that has everything
      Given a user "ann" with every property
      When "ann" calls fetchMyUserDetails for "ann"
      Then the answer is "ann"

  @SO-USER-09 @must
  Rule: A user is found by its name, and patterns are no names
    Source: socotra-users, fetchUserByName

    Scenario: The whole name
      Given a user "ann"
      When the administrator looks for "ann" by the whole name
      Then "ann" is found

    Scenario Outline: Looking for <what>
      Given a user "ann"
      When the administrator looks for "ann" by <what>
      Then nobody is found

      Examples:
        | what                  |
        | the name with * in it |
        | the name with % in it |
        | the name with _ in it |
        | only *                |
        | only %                |
        | a name and more SQL   |
        | an unknown name       |

  @SO-USER-10 @must
  Rule: An update changes what it names, and never the user name or the locator
    Source: socotra-users, updateUser

    Scenario: Each property alone, and each pair
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a user "ann" with every property
      When the administrator updates "ann" in each of "firstName, lastName, email, roles, tenants", alone and in pairs
      Then every update shows, and nothing else has changed

    Scenario: Names and e-mail address
      Given a user "ann" with every property
      When the administrator updates "ann" with
        | firstName | Annette            |
        | lastName  | Other              |
        | email     | other@mail.example |
      Then the request succeeds
      And "ann" shows
        | firstName | Annette            |
        | lastName  | Other              |
        | email     | other@mail.example |
      And "ann" shows locator, userName, roles and tenants as before

    Scenario: Roles that replace others
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a user "ann" with the role "one"
      When the administrator updates "ann" to the roles "two"
      Then the request succeeds
      And "ann" has exactly the role "two"
      And "ann" shows locator, userName, firstName, lastName and tenants as before

    Scenario: Tenants that replace others
      Given a user "ann" in the first tenant
      When the administrator updates "ann" to the second tenant
      Then the request succeeds
      And "ann" is in exactly the second tenant
      And "ann" shows locator, userName, firstName, lastName and roles as before

    Scenario: A user name and a locator
      Given a user "ann" with every property
      When the administrator updates "ann" with
        | userName | (tag).renamed@example.com            |
        | locator  | 11111111-1111-4111-8111-111111111111 |
      Then the request is refused or has no effect
      And "ann" is unchanged

    Scenario: An update without an e-mail address keeps the one that is known
      Given a user "ann" with every property
      When the administrator updates "ann" with
        | lastName | Other |
      Then the request succeeds
      And "ann" shows email as before

  @SO-USER-11 @should
  Rule: Users give themselves no roles, permissions or tenants
    Source: socotra-users, updateUser

    Scenario: A role that it has not
      Given a role "one" that permits "users.delete"
      And a user "ann"
      When "ann" updates "ann" to the role "one"
      Then the request is refused or has no effect
      And "ann" shows roles, permissions and tenants as before

    Scenario: A tenant that it is not in
      Given a user "ann"
      When "ann" updates "ann" to the first tenant
      Then the request is refused or has no effect
      And "ann" shows roles, permissions and tenants as before

    Scenario Outline: The permission <permission>
      Given a user "ann"
      When "ann" updates "ann" with
        | permissions | ["<permission>"] |
      Then the request is refused or has no effect
      And "ann" shows roles, permissions and tenants as before

      Examples:
        | permission   |
        | users.delete |
        | users.*      |
        | *.*          |

  @SO-USER-12 @must
  Rule: A deleted user is gone from everywhere
    Source: socotra-users, deleteUser

    Scenario: A user that has everything
      Given a user "ann" with every property
      When the administrator deletes "ann"
      Then the request succeeds
      And "ann" is gone

    Scenario: A user that is deleted twice
      Given a user "ann" with every property
      When the administrator deletes "ann"
      And the administrator deletes "ann"
      Then "ann" is gone

    Scenario Outline: <operation> does not bring it back
      Given a user "ann" with every property
      When the administrator deletes "ann"
      And the administrator calls <operation> for "ann"
      Then "ann" is gone

      Examples:
        | operation                   |
        | updateUser                  |
        | resetUserPassword           |
        | updateUserRoles             |
        | updateUserTenantAssignments |

  @SO-USER-13 @should
  Rule: What is the server's to set has no effect in a request
    Source: socotra-users, createUser

    Scenario: A locator in a creation
      When the administrator creates the user "ann" with
        | locator | 11111111-1111-4111-8111-111111111111 |
      Then "ann" did not get the locator "11111111-1111-4111-8111-111111111111"

    Scenario: Permissions in a creation
      Given a user "bob"
      When the administrator creates the user "ann" with
        | permissions | ["*.*", "users.delete"] |
      Then "ann" may do no more than "bob"

  @SO-USER-14 @should
  Rule: An unknown user is refused, and nothing is made of it
    Source: socotra-users, fetchUserByLocator, fetchUserPermissions, updateUser, resetUserPassword, deleteUser, updateUserRoles, updateUserTenantAssignments

    @safe
    Scenario Outline: Reading by <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused
      And the administrator is known

      Examples:
        | operation            |
        | fetchUserByLocator   |
        | fetchUserPermissions |

    Scenario Outline: Changing by <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused
      And the administrator is known

      Examples:
        | operation                   |
        | updateUser                  |
        | resetUserPassword           |
        | deleteUser                  |
        | updateUserRoles             |
        | updateUserTenantAssignments |

    Scenario Outline: <operation> of a user that was deleted
      Given a user "ann" with every property
      When the administrator deletes "ann"
      And the administrator calls <operation> for "ann"
      Then the request is refused
      And the administrator is known

      Examples:
        | operation                   |
        | fetchUserByLocator          |
        | fetchUserPermissions        |
        | updateUser                  |
        | resetUserPassword           |
        | updateUserRoles             |
        | updateUserTenantAssignments |

  @SO-USER-15 @should @mock
  Rule: Somebody stays who can administer
    Source: socotra-users, deleteUser

    Scenario: Deleting oneself
      Given a user "ann" who may "users.delete"
      When "ann" deletes "ann"
      Then the request is refused
      And "ann" is unchanged

    Scenario: Deleting every administrator
      Given a user "ann" who may "users.delete, users.read"
      When "ann" deletes every administrator
      Then one of them was refused, and "ann" can still read it

  @SO-USER-16 @should
  Rule: A role that does not exist gives nobody a permission
    Source: socotra-users, createUser, updateUser

    Scenario: An unknown role in a creation
      Given a user "bob"
      When the administrator creates the user "ann" with the role "unknown"
      Then the request is refused or has no effect
      And "ann" may do no more than "bob"

    Scenario: An unknown role in an update
      Given a user "ann"
      And a user "bob"
      When the administrator updates "ann" to the role "unknown"
      Then the request is refused or has no effect
      And "ann" may do no more than "bob"

  @SO-USER-17 @should
  Rule: An email is an e-mail address
    Source: socotra-users, createUser, updateUser; socotra-client, user

    Scenario Outline: A creation with the email "<email>"
      When the administrator creates the user "ann" with
        | email | <email> |
      Then the request is refused
      And there is no user like "ann"

      Examples:
        | email               |
        | (tag)               |
        | @(tag)              |
        | (tag) <a@b.example> |

    Scenario: An update with an email that is none
      Given a user "ann"
      When the administrator updates "ann" with
        | email | (tag) |
      Then the request is refused
      And "ann" is unchanged

  @SO-USER-18 @should
  Rule: A part of a name is not a name
    Source: socotra-users, fetchUserByName

    Scenario Outline: Looking for <what>
      Given a user "ann"
      When the administrator looks for "ann" by <what>
      Then nobody is found

      Examples:
        | what                      |
        | the beginning of the name |
        | the end of the name       |
        | the name and one letter   |

  @SO-USER-19 @should
  Rule: The names of a user are kept as they are written
    Source: socotra-users, createUser

    Scenario Outline: Texts that break things as <property>
      When the administrator creates a user for each odd text as <property>
      Then each user has its text, or was refused and is not there

      Examples:
        | property  |
        | firstName |
        | lastName  |
