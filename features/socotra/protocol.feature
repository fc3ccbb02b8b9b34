@socotra @protocol
Feature: Paths and requests

  @SO-ROUTE-01 @must @safe
  Rule: A word of a path that is spelled out wins over a locator or a name
    Source: socotra-users, endpointIndex

    Scenario: Whoami, which is no locator
      When the administrator tries fetchMyUserDetails
      Then it succeeds
      And each succeeds for what exists

    Scenario Outline: The list of <things>, which is no locator
      Given at least 2 <things>
      When the administrator lists 2 <things> from item 0
      Then each <thing> of the list reads back by its id

      Examples:
        | things      | thing      |
        | users       | user       |
        | brief users | brief user |
        | roles       | role       |

    Scenario: The list of permissions, which is no locator
      When the administrator tries fetchAvailablePermissions
      Then every permission is listed once
      And each succeeds for what exists

    Scenario Outline: A user called "<name>"
      When the administrator looks for users called "<name>"
      Then nobody is found

      Examples:
        | name        |
        | permissions |
        | list        |
        | a/b         |

  @SO-PROTO-01 @should
  Rule: What cannot be read is refused without effect and never fails the server
    Source: socotra-users, createUser, fetchUserByLocator, getRole, fetchMultipleUsers; http, methods, statuses

    Scenario Outline: A body that is <what>
      When the administrator creates a user with a body '<body>'
      Then it is refused, and the server does not fail
      And nothing has changed

      Examples:
        | what                             | body                                                                                                                                                                                 |
        | cut off                          | {"firstName": "Not", "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": [], "tena                                |
        | followed by more                 | {"firstName": "Not", "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": [], "tenants": []} {"again": true}       |
        | good, but for a name given twice | {"firstName": "First", "firstName": "Not", "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": [], "tenants": []} |
        | a list of a good one             | [{"firstName": "Not", "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": [], "tenants": []}]                     |
        | null                             | null                                                                                                                                                                                 |
        | good, but for firstName          | {"firstName": 42, "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": [], "tenants": []}                          |
        | good, but for temporaryPassword  | {"firstName": "Not", "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": "no", "roles": [], "tenants": []}                        |
        | good, but for roles              | {"firstName": "Not", "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": "auditor", "tenants": []}                |
        | not UTF-8                        | {"firstName": "(no UTF-8)", "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": [], "tenants": []}                |
        | nested very deep                 | {"x": (20000 lists), "firstName": "Not", "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": [], "tenants": []}   |
        | very large                       | {"x": "(4 megabytes)", "firstName": "Not", "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": [], "tenants": []} |
        | a form                           | userName=(uninvited)&firstName=Not                                                                                                                                                   |

    @safe
    Scenario Outline: The locator "<locator>" for <operation>
      When the administrator tries <operation> of "<locator>"
      Then it is refused, and the server does not fail
      And each succeeds for what exists

      Examples:
        | operation            | locator                                |
        | fetchUserByLocator   | 42                                     |
        | fetchUserByLocator   | 00000000-0000-4000-8000-00000000000g   |
        | fetchUserByLocator   | 00000000-0000-4000-8000-000000000000/x |
        | fetchUserPermissions | ..                                     |
        | getRole              | ' OR 1=1                               |
        | getRole              | ../users                               |

    Scenario: Deleting a user by what is no locator
      When the administrator tries deleteUser of "42"
      Then it is refused, and the server does not fail
      And each succeeds for what exists

    @safe
    Scenario Outline: The parameter <name> of the <things> as <value>
      When the administrator lists the <things> with
        | <name> | <value> |
      Then it is refused or has no effect
      And each succeeds for what exists

      Examples:
        | things      | name     | value                  |
        | users       | count    | -1                     |
        | users       | count    | many                   |
        | users       | count    | 99999999999999999999   |
        | users       | count    | 0                      |
        | users       | offset   | -1                     |
        | users       | offset   | 1e3                    |
        | users       | extended | perhaps                |
        | brief users | count    | -1                     |
        | brief users | offset   | many                   |
        | roles       | count    | -1                     |
        | roles       | offset   | many                   |

    Scenario Outline: The method <method> where <operation> is
      When the administrator uses the method <method> where <operation> is
      Then it is refused, and the server does not fail
      And each succeeds for what exists

      Examples:
        | method | operation          |
        | PUT    | createUser         |
        | DELETE | createUser         |
        | POST   | fetchUserByLocator |
        | PUT    | createRole         |
        | POST   | updateUserRoles    |

  @SO-PROTO-02 @should
  Rule: A change without a required property is refused, and changes nothing
    Source: socotra-users, updateUser, createRole, updateRole, updateUserRoles, updateUserTenantAssignments

    Scenario Outline: An update of a user without <property>
      Given an equipped user "ann"
      When the administrator changes "ann"
        | email      | other.(tag)@mail.example |
        | <property> | (left out)               |
      Then it is refused
      And nothing has changed

      Examples:
        | property  |
        | firstName |
        | lastName  |
        | tenants   |

    Scenario Outline: A role without <property>
      When the administrator creates the role "one" with
        | <property> | (left out) |
      Then it is refused
      And nothing has changed

      Examples:
        | property    |
        | name        |
        | description |
        | permissions |

    Scenario Outline: An update of a role without <property>, but with <other>
      Given a role "one" that permits "users.list"
      When the administrator changes the role "one"
        | <property> | (left out) |
        | <other>    | <value>    |
      Then it is refused
      And nothing has changed

      Examples:
        | property          | other          | value             |
        | name              | description    | Changed by a test |
        | description       | addPermissions | (roles.list)      |
        | addPermissions    | description    | Changed by a test |
        | removePermissions | addPermissions | (roles.list)      |

    Scenario Outline: A change of roles without <property>
      Given a role "one"
      And an equipped user "ann"
      When the administrator changes the roles of "ann"
        | <property> | (left out)        |
        | <other>    | (the role <role>) |
      Then it is refused
      And nothing has changed

      Examples:
        | property    | other       | role   |
        | addRoles    | removeRoles | "anns" |
        | removeRoles | addRoles    | "one"  |

    Scenario Outline: A change of tenants without <property>
      Given an equipped user "ann"
      When the administrator changes the tenants of "ann"
        | <property> | (left out)            |
        | <other>    | (the tenant <tenant>) |
      Then it is refused
      And nothing has changed

      Examples:
        | property      | other         | tenant   |
        | addTenants    | removeTenants | "first"  |
        | removeTenants | addTenants    | "second" |
