@rapid7 @permissions
Feature: Who may do what

  @R7-ADMIN-01 @must
  Rule: Operations for Global Administrators refuse everybody else
    Source: insightvm-api, getUsers, createUser, updateUser, deleteUser, getUserPrivileges, setUserSites, addUserSite, removeUserSite, setUserAssetGroups, addUserAssetGroup, removeUserAssetGroup

    Scenario: Every kind of user that is no Global Administrator, on somebody else
      Given a user "bob"
      And a user of every kind but Global Administrator
      When each of them calls these operations for "bob"
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
      Then each request is refused for want of permission
      And "bob" is unchanged
      And nothing was created

    Scenario: Every kind of user that is no Global Administrator, on its own account
      Given a user of every kind but Global Administrator
      When each of them calls these operations for itself
        | updateUser           |
        | setUserSites         |
        | addUserSite          |
        | removeUserSite       |
        | setUserAssetGroups   |
        | addUserAssetGroup    |
        | removeUserAssetGroup |
        | deleteUser           |
      Then each request is refused for want of permission
      And each of them is unchanged

  @R7-ADMIN-02 @must
  Rule: A user may read itself and no other user
    Source: insightvm-api, getUser

    Scenario: Every kind of user, itself
      Given a user of every kind but Global Administrator
      When each of them calls these operations for itself
        | getUser |
      Then each request succeeds

    Scenario: Every kind of user that is no Global Administrator, another
      Given a user "bob"
      And a user of every kind but Global Administrator
      When each of them calls these operations for "bob"
        | getUser |
      Then each request is refused for want of permission

  @R7-ADMIN-03 @should @shares-roles
  Rule: A plain user changes no roles, locks and grants and reads no other's key
    Source: insightvm-api, updateRole, deleteRole, unlockUser, removeAllUserSites, removeAllUserAssetGroups, getTwoFactorAuthenticationKey

    Scenario Outline: A plain user calls <operation> on another
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

    Scenario: A plain user unlocks another
      Given a user "ann"
      And a locked user "bob"
      When "ann" calls unlockUser for "bob"
      Then the request is refused for want of permission
      And "bob" shows locked as true

    Scenario: A plain user updates a role
      Given a user "ann"
      And a role that may be changed
      When "ann" calls updateRole for "ann"
      Then the request is refused for want of permission
      And that role is unchanged

    Scenario: A plain user deletes a role
      Given a user "ann"
      And a role that may be deleted
      When "ann" calls deleteRole for "ann"
      Then the request is refused for want of permission
      And that role is unchanged

  @R7-ADMIN-04 @should
  Rule: A plain user reads no other's sites and asset groups
    Source: insightvm-api, getUserSites, getUserAssetGroups

    Scenario Outline: A plain user calls <operation> on another
      Given a user "ann"
      And a user "bob"
      When "ann" calls <operation> for "bob"
      Then the request is refused for want of permission

      Examples:
        | operation          |
        | getUserSites       |
        | getUserAssetGroups |
