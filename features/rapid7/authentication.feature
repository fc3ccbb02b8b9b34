@rapid7 @authentication
Feature: Signing in

  @R7-AUTH-01 @must @shares-roles
  Rule: Every operation refuses a request without credentials
    Source: 000_ed3294674eb9bc89.txt, 401 of every operation

    Scenario Outline: <operation> without credentials
      Given a user "ann"
      When nobody calls <operation> for "ann"
      Then the request is refused with 401
      And "ann" is unchanged
      And nothing was created

      Examples:
        | operation                         |
        | getAuthenticationSources          |
        | getAuthenticationSource           |
        | getAuthenticationSourceUsers      |
        | getPrivileges                     |
        | getPrivilege                      |
        | getUsersWithPrivilege             |
        | getRoles                          |
        | getRole                           |
        | updateRole                        |
        | deleteRole                        |
        | getRoleUsers                      |
        | getUsers                          |
        | createUser                        |
        | getUser                           |
        | updateUser                        |
        | deleteUser                        |
        | getTwoFactorAuthenticationKey     |
        | regenerateTwoFactorAuthentication |
        | setTwoFactorAuthentication        |
        | getUserAssetGroups                |
        | setUserAssetGroups                |
        | removeAllUserAssetGroups          |
        | addUserAssetGroup                 |
        | removeUserAssetGroup              |
        | unlockUser                        |
        | resetPassword                     |
        | getUserPrivileges                 |
        | getUserSites                      |
        | setUserSites                      |
        | removeAllUserSites                |
        | addUserSite                       |
        | removeUserSite                    |

    @safe
    Scenario Outline: <operation> of something that does not exist, without credentials
      When nobody calls <operation> for something unknown
      Then the request is refused with 401

      Examples:
        | operation                     |
        | getAuthenticationSource       |
        | getPrivilege                  |
        | getRole                       |
        | getRoleUsers                  |
        | getUser                       |
        | getUserSites                  |
        | getUserAssetGroups            |
        | getTwoFactorAuthenticationKey |

    @safe
    Scenario Outline: The header "<header>" is no HTTP Basic
      When a request signs in with the header "<header>"
      Then the request is refused with 401

      Examples:
        | header               |
        | Basic                |
        | Basic !!!            |
        | Basic bm9jb2xvbg==   |
        | Bearer rolecall      |
        | rolecall             |

  @R7-AUTH-02 @must @shares-roles
  Rule: Every operation refuses wrong credentials
    Source: 000_ed3294674eb9bc89.txt, 401 of every operation

    Scenario Outline: <operation> by somebody unknown
      Given a user "ann"
      When somebody unknown calls <operation> for "ann"
      Then the request is refused with 401
      And "ann" is unchanged
      And nothing was created

      Examples:
        | operation                         |
        | getAuthenticationSources          |
        | getAuthenticationSource           |
        | getAuthenticationSourceUsers      |
        | getPrivileges                     |
        | getPrivilege                      |
        | getUsersWithPrivilege             |
        | getRoles                          |
        | getRole                           |
        | updateRole                        |
        | deleteRole                        |
        | getRoleUsers                      |
        | getUsers                          |
        | createUser                        |
        | getUser                           |
        | updateUser                        |
        | deleteUser                        |
        | getTwoFactorAuthenticationKey     |
        | regenerateTwoFactorAuthentication |
        | setTwoFactorAuthentication        |
        | getUserAssetGroups                |
        | setUserAssetGroups                |
        | removeAllUserAssetGroups          |
        | addUserAssetGroup                 |
        | removeUserAssetGroup              |
        | unlockUser                        |
        | resetPassword                     |
        | getUserPrivileges                 |
        | getUserSites                      |
        | setUserSites                      |
        | removeAllUserSites                |
        | addUserSite                       |
        | removeUserSite                    |

    Scenario Outline: The right login with <password>
      Given a user "ann"
      When "ann" signs in with <password>
      Then the request is refused with 401

      Examples:
        | password                      |
        | a wrong password              |
        | an empty password             |
        | the password in other letters |

  @R7-AUTH-03 @should
  Rule: A disabled account cannot sign in
    Source: 000_ed3294674eb9bc89.txt, createUser, property enabled

    Scenario: A disabled user with the right password
      Given a disabled user "ann"
      When "ann" reads itself
      Then the request is refused with 401

    Scenario: An enabled user with the right password
      Given a user "ann"
      When "ann" reads itself
      Then the request succeeds

  @R7-AUTH-04 @should
  Rule: Too many failed attempts in a row lock the account
    Source: 000_ed3294674eb9bc89.txt, unlockUser and property locked

    Scenario: As many as lock
      Given a user "ann"
      When "ann" fails to sign in as often as locks an account
      Then "ann" shows locked as true

    Scenario: A success in between starts the count again
      Given a user "ann"
      When "ann" fails to sign in one time less than locks an account
      And "ann" reads itself
      And "ann" fails to sign in one time less than locks an account
      Then "ann" shows locked as false
      And "ann" signs in with its password

  @R7-AUTH-05 @should
  Rule: A locked account is refused even with the right password
    Source: 000_ed3294674eb9bc89.txt, unlockUser

    Scenario: A locked user with the right password
      Given a locked user "ann"
      When "ann" reads itself
      Then the request is refused with 401
      And "ann" shows locked as true
