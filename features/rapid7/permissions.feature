@rapid7 @permissions
Feature: Who may do what

  @R7-ADMIN-01 @must
  Rule: Operations for Global Administrators refuse everybody else
    Source: 000_ed3294674eb9bc89.txt, operations marked Global Administrator

    Scenario Outline: <operation> by a plain user
      Given a user "ann"
      And a user "bob"
      When "ann" calls <operation> for "bob"
      Then the request is refused for want of permission
      And "bob" is unchanged
      And nothing was created

      Examples:
        | operation            |
        | getUsers             |
        | createUser           |
        | updateUser           |
        | deleteUser           |
        | getUserPrivileges    |
        | setUserSites         |
        | addUserSite          |
        | removeUserSite       |
        | setUserAssetGroups   |
        | addUserAssetGroup    |
        | removeUserAssetGroup |

    Scenario Outline: <operation> of its own account by a plain user
      Given a user "ann"
      When "ann" calls <operation> for "ann"
      Then the request is refused for want of permission
      And "ann" is unchanged

      Examples:
        | operation          |
        | updateUser         |
        | deleteUser         |
        | setUserSites       |
        | addUserAssetGroup  |

  @R7-ADMIN-02 @must
  Rule: A user may read itself and no other user
    Source: 000_ed3294674eb9bc89.txt, getUser

    Scenario: Itself
      Given a user "ann"
      When "ann" reads itself
      Then the request succeeds

    Scenario Outline: Another by <operation>
      Given a user "ann"
      And a user "bob"
      When "ann" calls <operation> for "bob"
      Then the request is refused for want of permission

      Examples:
        | operation          |
        | getUser            |
        | getUserSites       |
        | getUserAssetGroups |

  @R7-ADMIN-03 @should @shares-roles
  Rule: A plain user changes no roles, locks and grants and reads no other's key
    Source: 000_ed3294674eb9bc89.txt, updateRole, deleteRole, unlockUser, removeAllUserSites, getTwoFactorAuthenticationKey

    Scenario Outline: <operation> on another
      Given a user "ann"
      And a user "bob"
      And "bob" has access to the first and second of the sites
      And "bob" has access to the first of the asset groups
      And "bob" has a two-factor key
      When "ann" calls <operation> for "bob"
      Then the request is refused for want of permission
      And "bob" is unchanged

      Examples:
        | operation                         |
        | removeAllUserSites                |
        | removeAllUserAssetGroups          |
        | getTwoFactorAuthenticationKey     |
        | setTwoFactorAuthentication        |
        | regenerateTwoFactorAuthentication |

    Scenario: Unlocking another
      Given a user "ann"
      And a locked user "bob"
      When "ann" calls unlockUser for "bob"
      Then the request is refused for want of permission
      And "bob" shows locked as true

    Scenario: Updating a role
      Given a user "ann"
      And a role that may be changed
      When "ann" calls updateRole for "ann"
      Then the request is refused for want of permission
      And that role is unchanged

    Scenario: Deleting a role
      Given a user "ann"
      And a role that may be deleted
      When "ann" calls deleteRole for "ann"
      Then the request is refused for want of permission
      And that role is unchanged
