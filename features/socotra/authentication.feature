@socotra @authentication
Feature: Tokens and permissions

  @SO-AUTH-01 @must
  Rule: Every operation refuses a caller without a good token
    Source: 003_07598e8054470ed4.txt, the security line of every operation

    Scenario Outline: <operation> without a token
      Given a user "ann" with a role of its own
      When nobody calls <operation> for "ann"
      Then the request is refused for want of a token
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
      Given a user "ann" with a role of its own
      When somebody with a broken token calls <operation> for "ann"
      Then the request is refused for want of a token
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
      Given a user "ann" with a role of its own
      When somebody with an expired token calls <operation> for "ann"
      Then the request is refused for want of a token
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
      Then the request is refused for want of a token
      And there is nobody uninvited

      Examples:
        | body                       |
        | cut off                    |
        | with a number as firstName |

    @safe
    Scenario Outline: The header "<header>" presents no token
      When a request signs in with the header "<header>"
      Then the request is refused for want of a token

      Examples:
        | header                   |
        | Bearer                   |
        | Basic bm9ib2R5Om5vYm9keQ== |
        | rolecall                 |
        | Bearer rolecall rolecall |

  @SO-AUTH-02 @must
  Rule: An operation is for callers that have any one of its permissions, and for nobody else
    Source: 003_07598e8054470ed4.txt, the security line of every operation

    Scenario Outline: <operation> without any permission
      Given a user "ann" with a role of its own
      And a user "bob"
      When "bob" calls <operation> for "ann"
      Then the request is refused for want of permission
      And nothing has come of it

      Examples:
        | operation                   |
        | createUser                  |
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

    Scenario Outline: <operation> with every other permission for users and roles
      Given a user "ann" with a role of its own
      And a user "bob" who may do all but <operation>
      When "bob" calls <operation> for "ann"
      Then the request is refused for want of permission
      And nothing has come of it

      Examples:
        | operation                   |
        | createUser                  |
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

    Scenario Outline: <operation> with just <permission>
      Given a user "ann" with a role of its own
      And a user "bob" who may "<permission>"
      When "bob" calls <operation> for "ann"
      Then the request succeeds

      Examples:
        | operation                   | permission           |
        | createUser                  | users.add            |
        | fetchUserByName             | users.read           |
        | fetchUserByLocator          | users.read           |
        | fetchMultipleUsers          | users.read           |
        | fetchMultipleUsers          | users.list           |
        | fetchMultipleBasicUsers     | users.read           |
        | fetchMultipleBasicUsers     | users.list           |
        | updateUser                  | users.update         |
        | resetUserPassword           | users.password-reset |
        | deleteUser                  | users.delete         |
        | createRole                  | roles.add            |
        | getRole                     | roles.read           |
        | updateRole                  | roles.update         |
        | fetchMultipleRoles          | roles.read           |
        | fetchMultipleRoles          | roles.list           |
        | deleteRole                  | roles.delete         |
        | fetchAvailablePermissions   | roles.read           |
        | fetchUserPermissions        | users.read           |
        | updateUserRoles             | users.update-roles   |
        | updateUserTenantAssignments | users.update-tenants |

    Scenario Outline: <operation> by the administrator
      Given a user "ann" with a role of its own
      When the administrator calls <operation> for "ann"
      Then the request succeeds

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

  @SO-AUTH-03 @should
  Rule: A refusal for want of permission does not tell whether the target exists
    Source: 003_07598e8054470ed4.txt, the security line of the operations on one user or role

    Scenario Outline: <operation> of what exists and of what does not
      Given a user "ann" with a role of its own
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
  Rule: A token of a deleted user is good for nothing
    Source: 003_07598e8054470ed4.txt, deleteUser

    Scenario: A user that was signed in
      Given a user "ann"
      And "ann" is signed in
      When the administrator deletes "ann"
      Then the token of "ann" is good for nothing

  @SO-AUTH-05 @should
  Rule: Where the permission is custom, it is enough to be the user in question
    Source: 003_07598e8054470ed4.txt, fetchMyUserDetails, fetchUserByLocator, updateUser and fetchUserPermissions

    Scenario Outline: <operation> on oneself without any permission
      Given a user "ann"
      When "ann" calls <operation> for "ann"
      Then the request succeeds

      Examples:
        | operation            |
        | fetchMyUserDetails   |
        | fetchUserByLocator   |
        | updateUser           |
        | fetchUserPermissions |
