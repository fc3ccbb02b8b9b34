@socotra @protocol
Feature: Paths and requests

  @SO-ROUTE-01 @must @safe
  Rule: A word of a path that is spelled out wins over a locator or a name
    Source: socotra-users, endpointIndex

    Scenario Outline: <operation>
      When the administrator calls <operation>
      Then the answer is <what>

      Examples:
        | operation                 | what                  |
        | fetchMyUserDetails        | a user                |
        | fetchMultipleUsers        | a page of users       |
        | fetchMultipleBasicUsers   | a page of users       |
        | fetchMultipleRoles        | a page of roles       |
        | fetchAvailablePermissions | a list of permissions |

    Scenario Outline: A user called "<name>"
      When the administrator looks for the user name "<name>"
      Then nobody is found

      Examples:
        | name        |
        | permissions |
        | list        |
        | a/b         |

  @SO-PROTO-01 @should
  Rule: What cannot be read is refused without effect and never fails the server
    Source: socotra-users, createUser, fetchUserByLocator, getRole, fetchMultipleUsers; http, methods, statuses

    Scenario Outline: A body <body>
      When the administrator creates a user with a body <body>
      Then the request is refused, and the server is unharmed
      And there is nobody uninvited

      Examples:
        | body                             |
        | cut off                          |
        | followed by more                 |
        | with a name given twice          |
        | a list                           |
        | null                             |
        | with a number as firstName       |
        | with a text as temporaryPassword |
        | with a text as roles             |
        | not UTF-8                        |
        | nested very deep                 |
        | very large                       |
        | a form                           |

    @safe
    Scenario Outline: The locator "<locator>" for <operation>
      When the administrator calls <operation> with the locator "<locator>"
      Then the request is refused, and the server is unharmed

      Examples:
        | operation            | locator                                |
        | fetchUserByLocator   | 42                                     |
        | fetchUserByLocator   | 00000000-0000-4000-8000-00000000000g   |
        | fetchUserByLocator   | 00000000-0000-4000-8000-000000000000/x |
        | fetchUserPermissions | ..                                     |
        | getRole              | ' OR 1=1                               |
        | getRole              | ../users                               |

    Scenario: Deleting a user by what is no locator
      When the administrator calls deleteUser with the locator "42"
      Then the request is refused, and the server is unharmed

    @safe
    Scenario Outline: The parameter <name> of <operation> as "<value>"
      When the administrator calls <operation> with <name> "<value>"
      Then the request is refused or has no effect
      And the administrator is known

      Examples:
        | operation               | name     | value                |
        | fetchMultipleUsers      | count    | -1                   |
        | fetchMultipleUsers      | count    | many                 |
        | fetchMultipleUsers      | count    | 99999999999999999999 |
        | fetchMultipleUsers      | count    | 0                    |
        | fetchMultipleUsers      | offset   | -1                   |
        | fetchMultipleUsers      | offset   | 1e3                  |
        | fetchMultipleUsers      | extended | perhaps              |
        | fetchMultipleBasicUsers | count    | -1                   |
        | fetchMultipleBasicUsers | offset   | many                 |
        | fetchMultipleRoles      | count    | -1                   |
        | fetchMultipleRoles      | offset   | many                 |

    Scenario Outline: The method <method> where <operation> is
      When the administrator uses the method <method> where <operation> is
      Then the request is refused, and the server is unharmed

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

    Scenario Outline: <operation> without <property>
      Given a user "ann" with every property
      When the administrator calls <operation> for "ann" without <property>
      Then the request is refused
      And nothing has come of it

      Examples:
        | operation                   | property          |
        | updateUser                  | firstName         |
        | updateUser                  | lastName          |
        | updateUser                  | tenants           |
        | createRole                  | name              |
        | createRole                  | description       |
        | createRole                  | permissions       |
        | updateRole                  | name              |
        | updateRole                  | description       |
        | updateRole                  | addPermissions    |
        | updateRole                  | removePermissions |
        | updateUserRoles             | addRoles          |
        | updateUserRoles             | removeRoles       |
        | updateUserTenantAssignments | addTenants        |
        | updateUserTenantAssignments | removeTenants     |
