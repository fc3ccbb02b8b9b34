@socotra @authentication
Feature: Tokens and permissions

  @SO-AUTH-01 @must
  Rule: Every operation refuses a caller without a good token
    Source: socotra-users, createUser, fetchMyUserDetails, fetchUserByName, fetchUserByLocator, fetchMultipleUsers, fetchMultipleBasicUsers, updateUser, resetUserPassword, deleteUser, createRole, getRole, updateRole, fetchMultipleRoles, deleteRole, fetchAvailablePermissions, fetchUserPermissions, updateUserRoles, updateUserTenantAssignments

    Scenario: Each operation without a token
      Given an equipped user "ann"
      When nobody tries every operation on "ann"
      Then each is refused
      And nothing has changed

    Scenario: Each operation with a token that nobody gave out
      Given an equipped user "ann"
      When a stranger tries every operation on "ann"
      Then each is refused
      And nothing has changed

    Scenario: Each operation with a token that has expired
      Given an equipped user "ann"
      When a stranger with an expired token tries every operation on "ann"
      Then each is refused
      And nothing has changed

    Scenario: Each operation by the administrator
      Given an equipped user "ann"
      When the administrator tries every operation on "ann"
      Then each succeeds
      And each succeeds for what exists

    Scenario Outline: A body from nobody that is <what>
      When nobody creates a user with a body '<body>'
      Then it is refused
      And nothing has changed

      Examples:
        | what                    | body                                                                                                                                                                                          |
        | cut off                 | {"firstName": "Not", "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": [], "ten                                          |
        | good, but for firstName | {"firstName": 42, "lastName": "Invited", "userName": "(uninvited)", "password": "(a new password)", "temporaryPassword": false, "roles": [], "tenants": []}                                   |

  @SO-AUTH-02 @must
  Rule: An operation is for callers that have any one of its permissions, and for nobody else
    Source: socotra-users, fetchUserByName, fetchUserByLocator, fetchMultipleUsers, fetchMultipleBasicUsers, updateUser, resetUserPassword, deleteUser, getRole, updateRole, fetchMultipleRoles, deleteRole, fetchAvailablePermissions, fetchUserPermissions

    Scenario: Each operation by a user without any role
      Given an equipped user "ann"
      And a user "bob"
      When "bob" tries every operation that names its permission, on "ann"
      Then each is refused
      And nothing has changed

    Scenario: Each operation by a user whose role permits nothing
      Given an equipped user "ann"
      And a user "bob" who may nothing
      When "bob" tries every operation that names its permission, on "ann"
      Then each is refused
      And nothing has changed

    Scenario Outline: <operation> with every other permission for users and roles
      Given an equipped user "ann"
      And a user "bob" who may all but <operation>
      When "bob" tries <operation> on "ann"
      Then it is refused
      And nothing has changed

      Examples:
        | operation                 |
        | fetchUserByName           |
        | fetchUserByLocator        |
        | fetchMultipleUsers        |
        | fetchMultipleBasicUsers   |
        | updateUser                |
        | resetUserPassword         |
        | deleteUser                |
        | getRole                   |
        | updateRole                |
        | fetchMultipleRoles        |
        | deleteRole                |
        | fetchAvailablePermissions |
        | fetchUserPermissions      |

    Scenario Outline: <operation> with just <permission>
      Given an equipped user "ann"
      And a user "bob" who may "<permission>"
      When "bob" tries <operation> on "ann"
      Then it succeeds
      And each succeeds for what exists

      Examples:
        | operation                 | permission           |
        | fetchUserByName           | users.read           |
        | fetchUserByLocator        | users.read           |
        | fetchMultipleUsers        | users.read           |
        | fetchMultipleUsers        | users.list           |
        | fetchMultipleBasicUsers   | users.read           |
        | fetchMultipleBasicUsers   | users.list           |
        | updateUser                | users.update         |
        | resetUserPassword         | users.password-reset |
        | deleteUser                | users.delete         |
        | getRole                   | roles.read           |
        | updateRole                | roles.update         |
        | fetchMultipleRoles        | roles.read           |
        | fetchMultipleRoles        | roles.list           |
        | deleteRole                | roles.delete         |
        | fetchAvailablePermissions | roles.read           |
        | fetchUserPermissions      | users.read           |

    Scenario: Each operation by the administrator
      Given an equipped user "ann"
      When the administrator tries every operation that names its permission, on "ann"
      Then each succeeds
      And each succeeds for what exists

    Scenario Outline: <operation> after the role that permits it was taken
      Given an equipped user "ann"
      And a user "bob" who may "<permission>"
      When the administrator revokes the role "bobs" from "bob"
      And "bob" tries <operation> on "ann"
      Then it is refused
      And nothing has changed

      Examples:
        | operation            | permission   |
        | deleteUser           | users.delete |
        | updateUser           | users.update |
        | fetchUserPermissions | users.read   |

    Scenario Outline: <operation> after the role permits it no more
      Given an equipped user "ann"
      And a user "bob" who may "<permission>"
      When the administrator changes the role "bobs"
        | removePermissions | (<permission>) |
      And "bob" tries <operation> on "ann"
      Then it is refused
      And nothing has changed

      Examples:
        | operation         | permission           |
        | deleteRole        | roles.delete         |
        | resetUserPassword | users.password-reset |

  @SO-AUTH-03 @should
  Rule: A refusal for want of permission does not tell whether the target exists
    Source: socotra-users, fetchUserByName, fetchUserByLocator, updateUser, resetUserPassword, deleteUser, getRole, updateRole, deleteRole, fetchUserPermissions, updateUserRoles, updateUserTenantAssignments

    Scenario Outline: <operation> of what exists and of what does not
      Given an equipped user "ann"
      And a user "bob"
      When "bob" tries <operation> on "ann"
      And "bob" tries <operation>
      Then what exists and what does not are refused alike

      Examples:
        | operation                   |
        | fetchUserByName             |
        | fetchUserByLocator          |
        | updateUser                  |
        | resetUserPassword           |
        | deleteUser                  |
        | getRole                     |
        | updateRole                  |
        | deleteRole                  |
        | fetchUserPermissions        |
        | updateUserRoles             |
        | updateUserTenantAssignments |

  @SO-AUTH-04 @should
  Rule: A deleted user gets in no more
    Source: socotra-users, deleteUser

    Scenario: The token of a user that was signed in
      Given a user "ann" who may "users.custom"
      When "ann" tries fetchMyUserDetails on "ann"
      And the administrator deletes "ann"
      And "ann" tries fetchMyUserDetails on "ann"
      Then it is refused
      And each succeeds for what exists

    Scenario: The password of a user
      Given a user "ann" who may "users.custom"
      When "ann" signs in with its password
      And the administrator deletes "ann"
      Then "ann" cannot sign in
      And each succeeds for what exists

  @SO-AUTH-05 @should
  Rule: Where the permission is custom, it is enough to be the user in question
    Source: socotra-users, fetchMyUserDetails, fetchUserByLocator, updateUser, fetchUserPermissions

    Scenario Outline: <operation> on oneself without any permission
      Given a user "ann"
      When "ann" tries <operation> on "ann"
      Then it succeeds
      And each succeeds for what exists

      Examples:
        | operation            |
        | fetchMyUserDetails   |
        | fetchUserByLocator   |
        | updateUser           |
        | fetchUserPermissions |

  @SO-AUTH-06 @should
  Rule: An operation that names no permission is for callers that have the one of its name
    Source: socotra-users, createUser, createRole, updateUserRoles, updateUserTenantAssignments; socotra-roles, permissions

    Scenario: Each operation by a user without any role
      Given an equipped user "ann"
      And a user "bob"
      When "bob" tries every operation that names no permission, on "ann"
      Then each is refused
      And nothing has changed

    Scenario: Each operation by a user whose role permits nothing
      Given an equipped user "ann"
      And a user "bob" who may nothing
      When "bob" tries every operation that names no permission, on "ann"
      Then each is refused
      And nothing has changed

    Scenario Outline: <operation> with every other permission for users and roles
      Given an equipped user "ann"
      And a user "bob" who may all but <operation>
      When "bob" tries <operation> on "ann"
      Then it is refused
      And nothing has changed

      Examples:
        | operation                   |
        | createUser                  |
        | createRole                  |
        | updateUserRoles             |
        | updateUserTenantAssignments |

    Scenario Outline: <operation> with just <permission>
      Given an equipped user "ann"
      And a user "bob" who may "<permission>"
      When "bob" tries <operation> on "ann"
      Then it succeeds
      And each succeeds for what exists

      Examples:
        | operation                   | permission           |
        | createUser                  | users.add            |
        | createRole                  | roles.add            |
        | updateUserRoles             | users.update-roles   |
        | updateUserTenantAssignments | users.update-tenants |

    Scenario: Each operation by the administrator
      Given an equipped user "ann"
      When the administrator tries every operation that names no permission, on "ann"
      Then each succeeds
      And each succeeds for what exists

  @SO-AUTH-07 @should
  Rule: A caller without permission is told that it may not, or that there is nothing
    Source: http, statuses

    Scenario: A user without any role
      Given an equipped user "ann"
      And a user "bob"
      When "bob" tries every operation that asks for a permission, on "ann"
      Then each is refused as forbidden

  @SO-AUTH-08 @should
  Rule: A caller without a good token is asked to authenticate
    Source: http, authentication, statuses; bearer, challenge

    Scenario: No token
      Given an equipped user "ann"
      When nobody tries every operation on "ann"
      Then each is refused as unauthenticated

    Scenario: A token that nobody gave out
      Given an equipped user "ann"
      When a stranger tries every operation on "ann"
      Then each is refused as unauthenticated

    Scenario: A token that has expired
      Given an equipped user "ann"
      When a stranger with an expired token tries every operation on "ann"
      Then each is refused as unauthenticated

  @SO-AUTH-09 @should @safe
  Rule: A header that is no bearer token presents none
    Source: bearer, header

    Scenario Outline: The header "<header>"
      When a request signs in with the header "<header>"
      Then it is refused
      And each succeeds for what exists

      Examples:
        | header                     |
        | Bearer                     |
        | Basic bm9ib2R5Om5vYm9keQ== |
        | rolecall                   |
        | Bearer rolecall rolecall   |
        | Token rolecall             |
