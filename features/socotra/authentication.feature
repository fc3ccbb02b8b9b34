@socotra @authentication
Feature: Tokens and permissions

  @SO-AUTH-01 @must
  Rule: Every operation refuses a caller without a good token
    Source: socotra-users, createUser, fetchMyUserDetails, fetchUserByName, fetchUserByLocator, fetchMultipleUsers, fetchMultipleBasicUsers, updateUser, resetUserPassword, deleteUser, createRole, getRole, updateRole, fetchMultipleRoles, deleteRole, fetchAvailablePermissions, fetchUserPermissions, updateUserRoles, updateUserTenantAssignments

    Scenario Outline: <operation> without a token
      Given a user "ann" with every property
      When nobody calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

      Examples:
        | operation                   |
        | createUser                  |
        | fetchMyUserDetails          |
        | fetchUserByName             |
        | fetchUserByLocator          |
        | fetchMultipleUsers          |
        | fetchMultipleBasicUsers     |
        | updateUser                  |
        | resetUserPassword           |
        | deleteUser                  |
        | createRole                  |
        | getRole                     |
        | updateRole                  |
        | fetchMultipleRoles          |
        | deleteRole                  |
        | fetchAvailablePermissions   |
        | fetchUserPermissions        |
        | updateUserRoles             |
        | updateUserTenantAssignments |

    Scenario Outline: <operation> with a token that nobody gave out
      Given a user "ann" with every property
      When somebody with a broken token calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

      Examples:
        | operation                   |
        | createUser                  |
        | fetchMyUserDetails          |
        | fetchUserByName             |
        | fetchUserByLocator          |
        | fetchMultipleUsers          |
        | fetchMultipleBasicUsers     |
        | updateUser                  |
        | resetUserPassword           |
        | deleteUser                  |
        | createRole                  |
        | getRole                     |
        | updateRole                  |
        | fetchMultipleRoles          |
        | deleteRole                  |
        | fetchAvailablePermissions   |
        | fetchUserPermissions        |
        | updateUserRoles             |
        | updateUserTenantAssignments |

    Scenario Outline: <operation> with a token that has expired
      Given a user "ann" with every property
      When somebody with an expired token calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

      Examples:
        | operation                   |
        | createUser                  |
        | fetchMyUserDetails          |
        | fetchUserByName             |
        | fetchUserByLocator          |
        | fetchMultipleUsers          |
        | fetchMultipleBasicUsers     |
        | updateUser                  |
        | resetUserPassword           |
        | deleteUser                  |
        | createRole                  |
        | getRole                     |
        | updateRole                  |
        | fetchMultipleRoles          |
        | deleteRole                  |
        | fetchAvailablePermissions   |
        | fetchUserPermissions        |
        | updateUserRoles             |
        | updateUserTenantAssignments |

    Scenario Outline: A body <body> from nobody is not looked at
      When nobody creates a user with a body <body>
      Then the request is refused
      And there is nobody uninvited

      Examples:
        | body                       |
        | cut off                    |
        | with a number as firstName |

  @SO-AUTH-02 @must
  Rule: An operation is for callers that have any one of its permissions, and for nobody else
    Source: socotra-users, fetchUserByName, fetchUserByLocator, fetchMultipleUsers, fetchMultipleBasicUsers, updateUser, resetUserPassword, deleteUser, getRole, updateRole, fetchMultipleRoles, deleteRole, fetchAvailablePermissions, fetchUserPermissions

    Scenario Outline: <operation> without any permission
      Given a user "ann" with every property
      And a user "bob"
      When "bob" calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

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

    Scenario Outline: <operation> with a role that permits nothing
      Given a user "ann" with every property
      And a user "bob" who may "nothing"
      When "bob" calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

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

    Scenario Outline: <operation> with every other permission for users and roles
      Given a user "ann" with every property
      And a user "bob" who may do all but <operation>
      When "bob" calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

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
      Given a user "ann" with every property
      And a user "bob" who may "<permission>"
      When "bob" calls <operation> for "ann"
      Then the request succeeds
      And the administrator is known

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

    Scenario Outline: <operation> after the role that permits it was taken
      Given a user "ann" with every property
      And a user "bob" who may "<permission>"
      When the administrator takes the role "bob-role" from "bob"
      And "bob" signs in again
      And "bob" calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

      Examples:
        | operation            | permission   |
        | deleteUser           | users.delete |
        | updateUser           | users.update |
        | fetchUserPermissions | users.read   |

    Scenario Outline: <operation> after the role permits it no more
      Given a user "ann" with every property
      And a user "bob" who may "<permission>"
      When the administrator removes "<permission>" from the role "bob-role"
      And "bob" signs in again
      And "bob" calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

      Examples:
        | operation         | permission           |
        | deleteRole        | roles.delete         |
        | resetUserPassword | users.password-reset |

    Scenario Outline: <operation> by the administrator
      Given a user "ann" with every property
      When the administrator calls <operation> for "ann"
      Then the request succeeds
      And the administrator is known

      Examples:
        | operation                 |
        | fetchMyUserDetails        |
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

  @SO-AUTH-03 @should
  Rule: A refusal for want of permission does not tell whether the target exists
    Source: socotra-users, fetchUserByName, fetchUserByLocator, updateUser, resetUserPassword, deleteUser, getRole, updateRole, deleteRole, fetchUserPermissions, updateUserRoles, updateUserTenantAssignments

    Scenario Outline: <operation> of what exists and of what does not
      Given a user "ann" with every property
      And a user "bob"
      When "bob" calls <operation> for "ann"
      And "bob" calls <operation> for something unknown
      Then both are refused alike

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
      And "ann" is signed in
      When the administrator deletes "ann"
      Then the token of "ann" is good for nothing

    Scenario: The password of a user
      Given a user "ann" who may "users.custom"
      And "ann" is signed in
      When the administrator deletes "ann"
      Then "ann" cannot sign in

  @SO-AUTH-05 @should
  Rule: Where the permission is custom, it is enough to be the user in question
    Source: socotra-users, fetchMyUserDetails, fetchUserByLocator, updateUser, fetchUserPermissions

    Scenario Outline: <operation> on oneself without any permission
      Given a user "ann"
      When "ann" calls <operation> for "ann"
      Then the request succeeds
      And the administrator is known

      Examples:
        | operation            |
        | fetchMyUserDetails   |
        | fetchUserByLocator   |
        | updateUser           |
        | fetchUserPermissions |

  @SO-AUTH-06 @should
  Rule: An operation that names no permission is for callers that have the one of its name
    Source: socotra-users, createUser, createRole, updateUserRoles, updateUserTenantAssignments; socotra-roles, permissions

    Scenario Outline: <operation> without any permission
      Given a user "ann" with every property
      And a user "bob"
      When "bob" calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

      Examples:
        | operation                   |
        | createUser                  |
        | createRole                  |
        | updateUserRoles             |
        | updateUserTenantAssignments |

    Scenario Outline: <operation> with a role that permits nothing
      Given a user "ann" with every property
      And a user "bob" who may "nothing"
      When "bob" calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

      Examples:
        | operation                   |
        | createUser                  |
        | createRole                  |
        | updateUserRoles             |
        | updateUserTenantAssignments |

    Scenario Outline: <operation> with every other permission for users and roles
      Given a user "ann" with every property
      And a user "bob" who may do all but <operation>
      When "bob" calls <operation> for "ann"
      Then the request is refused
      And nothing has come of it

      Examples:
        | operation                   |
        | createUser                  |
        | createRole                  |
        | updateUserRoles             |
        | updateUserTenantAssignments |

    Scenario Outline: <operation> with just <permission>
      Given a user "ann" with every property
      And a user "bob" who may "<permission>"
      When "bob" calls <operation> for "ann"
      Then the request succeeds
      And the administrator is known

      Examples:
        | operation                   | permission           |
        | createUser                  | users.add            |
        | createRole                  | roles.add            |
        | updateUserRoles             | users.update-roles   |
        | updateUserTenantAssignments | users.update-tenants |

    Scenario Outline: <operation> by the administrator
      Given a user "ann" with every property
      When the administrator calls <operation> for "ann"
      Then the request succeeds
      And the administrator is known

      Examples:
        | operation                   |
        | createUser                  |
        | createRole                  |
        | updateUserRoles             |
        | updateUserTenantAssignments |

  @SO-AUTH-07 @should
  Rule: A caller without permission is told that it may not, or that there is nothing
    Source: http, statuses

    Scenario: A user without any role
      Given a user "ann" with every property
      And a user "bob"
      When "bob" tries every operation on "ann"
      Then every attempt is refused as forbidden

  @SO-AUTH-08 @should
  Rule: A caller without a good token is asked to authenticate
    Source: http, authentication, statuses; bearer, challenge

    Scenario: No token
      Given a user "ann" with every property
      When nobody tries every operation on "ann"
      Then every attempt is refused as unauthenticated

    Scenario: A token that nobody gave out
      Given a user "ann" with every property
      When somebody with a broken token tries every operation on "ann"
      Then every attempt is refused as unauthenticated

    Scenario: A token that has expired
      Given a user "ann" with every property
      When somebody with an expired token tries every operation on "ann"
      Then every attempt is refused as unauthenticated

  @SO-AUTH-09 @should @safe
  Rule: A header that is no bearer token presents none
    Source: bearer, header

    Scenario Outline: The header "<header>"
      When a request signs in with the header "<header>"
      Then the request is refused
      And the administrator is known

      Examples:
        | header                     |
        | Bearer                     |
        | Basic bm9ib2R5Om5vYm9keQ== |
        | rolecall                   |
        | Bearer rolecall rolecall   |
        | Token rolecall             |
