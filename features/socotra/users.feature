@socotra @users
Feature: Users

  @SO-USER-01 @must
  Rule: A created user reads back as it was given
    Source: socotra-users, createUser, fetchUserByLocator, fetchUserByName

    Scenario: A user with what is required and an e-mail address
      When the administrator creates the user "ann"
      Then it succeeds
      And "ann" reads back as it was given

    Scenario Outline: A user with <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then it succeeds
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

    Scenario Outline: A user with <roles>
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a role "three" that permits "users.read"
      When the administrator creates the user "ann" with
        | roles | (<roles>) |
      Then it succeeds
      And "ann" reads back as it was given

      Examples:
        | roles                                |
        | the role "one"                       |
        | the roles "one" and "two"            |
        | the roles "three", "one" and "two"   |

    Scenario Outline: A user in <tenants>
      When the administrator creates the user "ann" with
        | tenants | (<tenants>) |
      Then it succeeds
      And "ann" reads back as it was given

      Examples:
        | tenants                        |
        | the tenant "first"             |
        | the tenants "first" and "second" |

    Scenario: Each detail alone and each pair of them
      Given a role "one" that permits "users.list"
      When the administrator creates users with each of these alone and with each pair
        | firstName | Annette              |
        | lastName  | Other                |
        | email     | other@mail.example   |
        | roles     | (the role "one")     |
        | tenants   | (the tenant "first") |
      Then each shows what it was given, and nothing else has changed

  @SO-USER-02 @must
  Rule: A created user has a new locator, which is a UUID
    Source: socotra-users, createUser

    Scenario: Two users
      When the administrator creates the user "ann"
      And the administrator creates the user "bob"
      Then "ann" and "bob" have new locators, which are UUIDs

  @SO-USER-03 @must
  Rule: Every answer about a user has tenants
    Source: socotra-users, createUser, fetchUserByLocator, fetchUserByName, fetchMultipleUsers, updateUser, fetchMyUserDetails

    Scenario: A user without tenants, as the administrator sees it
      Given a user "ann"
      When the administrator tries these operations on "ann"
        | fetchUserByLocator |
        | fetchUserByName    |
        | updateUser         |
      Then every answer about "ann" has tenants
      And "ann" has no tenants

    Scenario: A user without tenants, as it sees itself
      Given a user "ann" who may "users.custom"
      When "ann" tries fetchMyUserDetails on "ann"
      Then every answer about "ann" has tenants
      And "ann" has no tenants

    Scenario Outline: A user in <tenants>
      Given a user "ann"
      And "ann" has the <tenants>
      When the administrator tries these operations on "ann"
        | fetchUserByLocator |
        | fetchUserByName    |
        | fetchMultipleUsers |
        | updateUser         |
      Then every answer about "ann" has tenants
      And "ann" has exactly the <tenants>

      Examples:
        | tenants                      |
        | tenants "first"              |
        | tenants "first" and "second" |

  @SO-USER-20 @should
  Rule: Every answer about a user has what the user has
    Source: socotra-users, createUser, fetchUserByLocator, fetchUserByName, fetchMultipleUsers, updateUser, fetchMyUserDetails, updateUserRoles, updateUserTenantAssignments

    Scenario Outline: The <property> of a user who has every property, in each answer about it
      Given an equipped user "ann"
      When the administrator tries these operations on "ann"
        | fetchUserByLocator |
        | fetchUserByName    |
        | fetchMultipleUsers |
      Then every answer about "ann" has <property>

      Examples:
        | property    |
        | userName    |
        | firstName   |
        | lastName    |
        | email       |
        | roles       |
        | permissions |

    Scenario Outline: The <property> of a user, in the answer to a change of its name
      Given an equipped user "ann"
      When the administrator changes "ann"
        | firstName | Annette |
      Then every answer about "ann" has <property>

      Examples:
        | property    |
        | email       |
        | roles       |
        | permissions |

    Scenario Outline: The <property> of a new user, in the answer to its creation
      Given a role "one" that permits "users.list"
      When the administrator creates the user "ann" with
        | roles | (the role "one") |
      Then every answer about "ann" has <property>

      Examples:
        | property  |
        | email     |
        | firstName |
        | roles     |

    Scenario Outline: The names of a user in the brief list
      Given an equipped user "ann"
      When the administrator tries fetchMultipleBasicUsers on "ann"
      Then every answer about "ann" has <property>

      Examples:
        | property  |
        | firstName |
        | lastName  |

    Scenario Outline: The <property> of a user, in the answer to a change of its roles and tenants
      Given a role "one" that permits "users.list"
      And an equipped user "ann"
      When the administrator grants the role "one" to "ann"
      Then every answer about "ann" has <property>
      When the administrator grants the tenant "second" to "ann"
      Then every answer about "ann" has <property>

      Examples:
        | property |
        | email    |
        | roles    |

  @SO-USER-04 @must
  Rule: A user name looks like an e-mail address
    Source: socotra-users, createUser

    Scenario Outline: The user name "<userName>"
      When the administrator creates the user "ann" with
        | userName | <userName> |
      Then it is refused
      And nothing has changed

      Examples:
        | userName            |
        | (tag)               |
        | (tag) example       |
        | (tag)@              |
        | @(tag)              |
        | (tag) <a@b.example> |

    Scenario: A user name that is an e-mail address
      When the administrator creates the user "ann" with
        | userName | (tag)-ann@example.com |
      Then it succeeds
      And "ann" reads back as it was given

  @SO-USER-05 @must
  Rule: A user without a required property is refused
    Source: socotra-users, createUser

    Scenario Outline: A user without <property>
      When the administrator creates the user "ann" with
        | <property> | (left out) |
      Then it is refused
      And nothing has changed

      Examples:
        | property  |
        | firstName |
        | lastName  |
        | userName  |

    @drift
    Scenario Outline: A user without <property>, which newer servers do not ask for
      When the administrator creates the user "ann" with
        | <property> | (left out) |
      Then it is refused
      And nothing has changed

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
      Then it is refused
      And nothing has changed
      And "ann" is listed 1 time

  @SO-USER-08 @must
  Rule: Whoami is the caller
    Source: socotra-users, fetchMyUserDetails

    Scenario: The first of two callers
      Given a user "ann" who may "users.custom"
      And a user "bob" who may "users.custom"
      When "ann" tries fetchMyUserDetails on "ann"
      Then the answer is "ann"
      And nothing has changed

    Scenario: The second of two callers, after the first
      Given a user "ann" who may "users.custom"
      And a user "bob" who may "users.custom"
      When "ann" tries fetchMyUserDetails on "ann"
      And "bob" tries fetchMyUserDetails on "bob"
      Then the answer is "bob"

    Scenario: A caller that has everything
      Given an equipped user "ann"
      When "ann" tries fetchMyUserDetails on "ann"
      Then the answer is "ann"

  @SO-USER-09 @must
  Rule: A user is found by its name, and patterns are no names
    Source: socotra-users, fetchUserByName

    Scenario: The whole name
      Given a user "ann"
      When the administrator looks for users called "(tag)-ann@example.com"
      Then "ann" is found

    Scenario Outline: The name <called>, where there is (tag)-ann@example.com
      Given a user "ann"
      When the administrator looks for users called "<called>"
      Then nobody is found

      Examples:
        | called                   |
        | (tag)-ann*               |
        | (tag)-an%@example.com    |
        | (tag)-an_@example.com    |
        | *                        |
        | %                        |
        | ' OR '1'='1              |
        | no.(tag)-ann@example.com |

  @SO-USER-10 @must
  Rule: An update changes what it names, and never the user name or the locator
    Source: socotra-users, updateUser

    Scenario: Each property alone, and each pair
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And an equipped user "ann"
      When the administrator changes "ann" in each of these alone and in each pair
        | firstName | Annette                      | Anna                    | Anne                |
        | lastName  | Other                        | Another                 | Tester              |
        | email     | other.(tag)@mail.example     | new.(tag)@mail.example  | (tag)@mail.example  |
        | roles     | (the roles "one" and "two")  | (the role "two")        | []                  |
        | tenants   | (the tenants "first" and "second") | (the tenant "second") | []              |
      Then each shows what it was given, and nothing else has changed

    Scenario: Names and e-mail address
      Given an equipped user "ann"
      When the administrator changes "ann"
        | firstName | Annette            |
        | lastName  | Other              |
        | email     | other@mail.example |
      Then it succeeds
      And "ann" reads back as it was given

    Scenario: Roles that replace others
      Given a role "one" that permits "users.list"
      And a role "two" that permits "roles.list"
      And a user "ann"
      And "ann" has the roles "one"
      When the administrator sets the roles of "ann" to "two"
      Then it succeeds
      And "ann" has exactly the roles "two"
      And "ann" reads back as it was given

    Scenario: Tenants that replace others
      Given a user "ann"
      And "ann" has the tenants "first"
      When the administrator sets the tenants of "ann" to "second"
      Then it succeeds
      And "ann" has exactly the tenants "second"
      And "ann" reads back as it was given

    Scenario: A user name and a locator
      Given an equipped user "ann"
      When the administrator changes "ann"
        | userName | (tag).renamed@example.com            |
        | locator  | 11111111-1111-4111-8111-111111111111 |
      Then it is refused or has no effect
      And nothing has changed

    Scenario: An update without an e-mail address keeps the one that is known
      Given an equipped user "ann"
      When the administrator changes "ann"
        | lastName | Other |
      Then it succeeds
      And "ann" reads back as it was given

  @SO-USER-11 @should
  Rule: Users give themselves no roles, permissions or tenants
    Source: socotra-users, updateUser

    Scenario: A role that it has not
      Given a role "one" that permits "users.delete"
      And a user "ann"
      When "ann" sets the roles of "ann" to "one"
      Then it is refused or has no effect
      And "ann" has no roles
      And "ann" may not "users.delete"

    Scenario: A tenant that it is not in
      Given a user "ann"
      When "ann" sets the tenants of "ann" to "first"
      Then it is refused or has no effect
      And "ann" has no tenants

    Scenario Outline: The permission <permission>
      Given a user "ann"
      And a user "bob"
      When "ann" changes "ann"
        | permissions | (<permission>) |
      Then it is refused or has no effect
      And nothing has changed
      And "ann" may do no more than "bob"

      Examples:
        | permission   |
        | users.delete |
        | users.*      |
        | *.*          |

  @SO-USER-12 @must
  Rule: A deleted user is gone from everywhere
    Source: socotra-users, deleteUser

    Scenario: A user that has everything
      Given an equipped user "ann"
      When the administrator deletes "ann"
      Then it succeeds
      And "ann" is gone

    Scenario: A user that is deleted twice
      Given an equipped user "ann"
      When the administrator deletes "ann"
      And the administrator deletes "ann"
      Then "ann" is gone

    Scenario Outline: A deleted user that <operation> is tried on
      Given an equipped user "ann"
      When the administrator deletes "ann"
      And the administrator tries <operation> on "ann"
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
      And the administrator tries fetchUserByLocator of "11111111-1111-4111-8111-111111111111"
      Then it is refused
      And each succeeds for what exists

    Scenario: Permissions in a creation
      Given a user "bob"
      When the administrator creates the user "ann" with
        | permissions | (*.*, users.delete) |
      Then "ann" may do no more than "bob"

  @SO-USER-14 @should
  Rule: An unknown user is refused, and nothing is made of it
    Source: socotra-users, fetchUserByLocator, fetchUserPermissions, updateUser, resetUserPassword, deleteUser, updateUserRoles, updateUserTenantAssignments

    @safe
    Scenario: Reading a user that does not exist
      When the administrator tries these operations on something unknown
        | fetchUserByLocator   |
        | fetchUserPermissions |
      Then each is refused
      And each succeeds for what exists

    Scenario Outline: <operation> of a user that does not exist
      When the administrator tries <operation>
      Then it is refused
      And each succeeds for what exists

      Examples:
        | operation                   |
        | updateUser                  |
        | resetUserPassword           |
        | deleteUser                  |
        | updateUserRoles             |
        | updateUserTenantAssignments |

    Scenario Outline: <operation> of a user that was deleted
      Given an equipped user "ann"
      When the administrator deletes "ann"
      And the administrator tries <operation> on "ann"
      Then it is refused
      And each succeeds for what exists

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
      Then it is refused
      And nothing has changed

    Scenario: Deleting every administrator
      Given a user "ann" who may "users.delete" and "users.read"
      When "ann" deletes every administrator
      Then an administrator is left whom "ann" can read

  @SO-USER-16 @should
  Rule: A role that does not exist gives nobody a permission
    Source: socotra-users, createUser, updateUser

    Scenario: An unknown role in a creation
      Given a user "bob"
      When the administrator creates the user "ann" with
        | roles | (the role "unknown") |
      Then it is refused or has no effect
      And "ann" may do no more than "bob"

    Scenario: An unknown role in an update
      Given a user "ann"
      And a user "bob"
      When the administrator sets the roles of "ann" to "unknown"
      Then it is refused or has no effect
      And "ann" may do no more than "bob"

  @SO-USER-17 @should
  Rule: An email is an e-mail address
    Source: socotra-users, createUser, updateUser; socotra-client, user

    Scenario Outline: A creation with the email "<email>"
      When the administrator creates the user "ann" with
        | email | <email> |
      Then it is refused
      And nothing has changed

      Examples:
        | email               |
        | (tag)               |
        | @(tag)              |
        | (tag) <a@b.example> |

    Scenario: An update with an email that is none
      Given a user "ann"
      When the administrator changes "ann"
        | email | (tag) |
      Then it is refused
      And nothing has changed

  @SO-USER-18 @should
  Rule: A part of a name is not a name
    Source: socotra-users, fetchUserByName

    Scenario Outline: The name <called>, where there is (tag)-ann@example.com
      Given a user "ann"
      When the administrator looks for users called "<called>"
      Then nobody is found

      Examples:
        | called                 |
        | (tag)-ann              |
        | -ann@example.com       |
        | (tag)-ann@example.comx |

  @SO-USER-19 @should
  Rule: The names of a user are kept as they are written
    Source: socotra-users, createUser

    Scenario Outline: Texts that break things as <property>
      When the administrator creates users with each of these texts as <property>
        | ""                                             |
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
        | property  |
        | firstName |
        | lastName  |
