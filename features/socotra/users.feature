@socotra @users
Feature: Users

  @SO-USER-01 @must
  Rule: A created user reads back as it was given
    Source: 003_07598e8054470ed4.txt, createUser, fetchUserByLocator and fetchUserByName

    Scenario: With what is required and an e-mail address
      When the administrator creates the user "ann"
      Then the request succeeds
      And "ann" reads back as it was given

    Scenario Outline: With <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then the request succeeds
      And "ann" reads back as it was given

      Examples:
        | property          | value                    |
        | firstName         | Añn-Ōsaka 安               |
        | lastName          | O'Neil "the second" <x>  |
        | email             | ann.o'neil+test@mail.example |
        | temporaryPassword | true                     |

    Scenario: With a role
      Given a role "one" that permits "users.list"
      When the administrator creates the user "ann" with the role "one"
      Then the request succeeds
      And "ann" reads back as it was given

    Scenario: With tenants
      When the administrator creates the user "ann" in the first and second tenants
      Then the request succeeds
      And "ann" reads back as it was given

  @SO-USER-02 @must
  Rule: A created user has a new locator, which is a UUID
    Source: 003_07598e8054470ed4.txt, UserResponse, property locator

    Scenario: Two users
      When the administrator creates the user "ann"
      And the administrator creates the user "bob"
      Then "ann" and "bob" have locators of their own

  @SO-USER-03 @must
  Rule: Every answer about a user has tenants
    Source: 003_07598e8054470ed4.txt, UserResponse, required properties

    Scenario: A user without tenants
      Given a user "ann"
      When the administrator calls fetchUserByLocator for "ann"
      And the administrator calls fetchUserByName for "ann"
      And the administrator calls updateUser for "ann"
      And "ann" calls fetchMyUserDetails for "ann"
      Then every answer about a user has tenants

    Scenario: A user with tenants
      Given a user "ann" in the first tenant
      When the administrator calls fetchUserByLocator for "ann"
      Then every answer about a user has tenants
      And "ann" is in exactly the first tenant

  @SO-USER-04 @must
  Rule: A user name looks like an e-mail address
    Source: 003_07598e8054470ed4.txt, UserCreateRequest, property userName

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

    Scenario: One that does
      When the administrator creates the user "ann"
      Then the request succeeds

  @SO-USER-05 @must
  Rule: A user without a required property is refused
    Source: 003_07598e8054470ed4.txt, UserCreateRequest, required properties

    Scenario Outline: Without <property>
      When the administrator creates the user "ann" without <property>
      Then the request is refused
      And there is no user like "ann"

      Examples:
        | property  |
        | firstName |
        | lastName  |
        | userName  |

    @drift
    Scenario Outline: Without <property>, which newer servers do not ask for
      When the administrator creates the user "ann" without <property>
      Then the request is refused
      And there is no user like "ann"

      Examples:
        | property          |
        | password          |
        | temporaryPassword |

  @SO-USER-06 @should
  Rule: A second user with the same name is refused and the first is unharmed
    Source: 003_07598e8054470ed4.txt, createUser and fetchUserByName

    Scenario: The same name
      Given a user "ann"
      When the administrator creates the user "bob" with the userName of "ann"
      Then the request is refused
      And only "ann" has its name
      And "ann" is unchanged
      And "ann" signs in with its password

  @SO-USER-08 @must
  Rule: Whoami is the caller
    Source: 003_07598e8054470ed4.txt, fetchMyUserDetails

    Scenario: Two callers
      Given a user "ann"
      And a user "bob"
      When "ann" calls fetchMyUserDetails for "ann"
      Then the answer is "ann"
      And "ann" is unchanged

    Scenario: The other of them
      Given a user "ann"
      And a user "bob"
      When "bob" calls fetchMyUserDetails for "bob"
      Then the answer is "bob"

  @SO-USER-09 @must
  Rule: A user is found by its whole name and by nothing else
    Source: 003_07598e8054470ed4.txt, fetchUserByName

    Scenario: The name
      Given a user "ann"
      When the administrator looks for "ann" by the whole name
      Then "ann" is found

    Scenario Outline: Looking for <what>
      Given a user "ann"
      When the administrator looks for "ann" by <what>
      Then nobody is found

      Examples:
        | what                      |
        | the beginning of the name |
        | the name with * in it     |
        | the name with % in it     |
        | the name with _ in it     |
        | only *                    |
        | only %                    |
        | a name and more SQL       |
        | an unknown name           |

  @SO-USER-10 @must
  Rule: An update changes what it names, and never the user name or the locator
    Source: 003_07598e8054470ed4.txt, updateUser, UserUpdateRequest

    Scenario: Names and e-mail address
      Given a user "ann" with a role of its own
      When the administrator updates "ann" with
        | firstName | Annette           |
        | lastName  | Other             |
        | email     | other@mail.example |
      Then the request succeeds
      And "ann" shows
        | firstName | Annette           |
        | lastName  | Other             |
        | email     | other@mail.example |
      And "ann" shows locator, userName, roles and tenants as before

    Scenario: Roles
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a user "ann" with the role "one"
      When the administrator updates "ann" to the roles "two"
      Then "ann" has exactly the role "two"
      And "ann" shows locator, userName, firstName, lastName and tenants as before

    Scenario: Tenants
      Given a user "ann" in the first tenant
      When the administrator updates "ann" to the second tenant
      Then "ann" is in exactly the second tenant
      And "ann" shows locator, userName, firstName, lastName and roles as before

    Scenario: What cannot be changed
      Given a user "ann"
      When the administrator updates "ann" with
        | userName | (tag).renamed@example.com            |
        | locator  | 11111111-1111-4111-8111-111111111111 |
      Then the request is refused or has no effect
      And "ann" is unchanged

    Scenario: Without an e-mail address the one that is known stays
      Given a user "ann"
      When the administrator updates "ann" with
        | lastName | Other |
      Then "ann" shows email as before

  @SO-USER-11 @should
  Rule: Users give themselves no roles, permissions or tenants
    Source: 003_07598e8054470ed4.txt, updateUser, permission custom

    Scenario: A role
      Given a role "one" that permits "users.delete"
      And a user "ann"
      When "ann" updates "ann" to the role "one"
      Then "ann" shows roles, permissions and tenants as before

    Scenario: A tenant
      Given a user "ann"
      When "ann" updates "ann" to the first tenant
      Then "ann" shows roles, permissions and tenants as before

    Scenario Outline: The permission <permission>
      Given a user "ann"
      When "ann" updates "ann" with
        | permissions | ["<permission>"] |
      Then "ann" shows roles, permissions and tenants as before

      Examples:
        | permission   |
        | users.delete |
        | users.*      |
        | *.*          |

  @SO-USER-12 @must
  Rule: A deleted user is gone from everywhere
    Source: 003_07598e8054470ed4.txt, deleteUser

    Scenario: A user with a role
      Given a user "ann" with a role of its own
      When the administrator deletes "ann"
      Then the request succeeds
      And "ann" is gone

  @SO-USER-13 @should
  Rule: What is the server's to set has no effect in a request
    Source: 003_07598e8054470ed4.txt, UserCreateRequest and UserResponse

    Scenario: A locator in a creation
      When the administrator creates the user "ann" with
        | locator | 11111111-1111-4111-8111-111111111111 |
      Then "ann" did not get the locator "11111111-1111-4111-8111-111111111111"

    Scenario: Permissions in a creation
      Given a user "bob"
      When the administrator creates the user "ann" with
        | permissions | ["*.*", "users.delete"] |
        | isAdmin     | true                    |
      Then "ann" may do no more than "bob"

  @SO-USER-14 @should
  Rule: An unknown user is refused, and nothing is made of it
    Source: 003_07598e8054470ed4.txt, the operations on one user

    @safe
    Scenario Outline: Reading by <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused

      Examples:
        | operation            |
        | fetchUserByLocator   |
        | fetchUserPermissions |

    Scenario Outline: Changing by <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused

      Examples:
        | operation                   |
        | updateUser                  |
        | resetUserPassword           |
        | deleteUser                  |
        | updateUserRoles             |
        | updateUserTenantAssignments |

  @SO-USER-15 @should @mock
  Rule: Somebody stays who can administer
    Source: 003_07598e8054470ed4.txt, deleteUser; the document is silent, and a server that locks everybody out helps nobody

    Scenario: Deleting oneself
      Given a user "ann" who may "users.delete"
      When "ann" deletes "ann"
      Then the request is refused
      And "ann" is unchanged

    Scenario: Deleting every administrator
      Given a user "ann" who may "users.delete"
      When "ann" deletes every administrator
      Then at least one of them was refused

  @SO-USER-16 @should
  Rule: A role that does not exist gives nobody a permission
    Source: 003_07598e8054470ed4.txt, createUser and updateUser, property roles

    Scenario: In a creation
      Given a user "bob"
      When the administrator creates the user "ann" with the role "unknown"
      Then the request is refused or has no effect
      And "ann" may do no more than "bob"

    Scenario: In an update
      Given a user "ann"
      And a user "bob"
      When the administrator updates "ann" to the role "unknown"
      Then the request is refused or has no effect
      And "ann" may do no more than "bob"
