@rapid7 @permissions
Feature: Who may do what

  @R7-ADMIN-01 @must
  Rule: Operations for Global Administrators refuse everybody else
    Source: insightvm-api, getUsers, createUser, updateUser, deleteUser, getUserPrivileges, setUserSites, addUserSite, removeUserSite, setUserAssetGroups, addUserAssetGroup, removeUserAssetGroup

    Scenario: Every kind of user that is no Global Administrator, on somebody else
      Given a user "bob"
      And a user of every kind but Global Administrator
      When each of them tries these operations on "bob"
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
      Then each is refused as forbidden
      And nothing has changed

    Scenario: Every kind of user that is no Global Administrator, on its own account
      Given a user of every kind but Global Administrator
      When each of them tries these operations on itself
        | updateUser           |
        | setUserSites         |
        | addUserSite          |
        | removeUserSite       |
        | setUserAssetGroups   |
        | addUserAssetGroup    |
        | removeUserAssetGroup |
        | deleteUser           |
      Then each is refused as forbidden
      And nothing has changed

  @R7-ADMIN-02 @must
  Rule: A user may read itself and no other user
    Source: insightvm-api, getUser

    Scenario: Every kind of user, itself
      Given a user of every kind but Global Administrator
      When each of them tries these operations on itself
        | getUser |
      Then each succeeds

    Scenario: Every kind of user that is no Global Administrator, another
      Given a user "bob"
      And a user of every kind but Global Administrator
      When each of them tries these operations on "bob"
        | getUser |
      Then each is refused as forbidden

  @R7-ADMIN-03 @should @shares-roles
  Rule: A plain user changes no roles, locks and grants and reads no other's key
    Source: insightvm-api, updateRole, deleteRole, unlockUser, removeAllUserSites, removeAllUserAssetGroups, getTwoFactorAuthenticationKey

    Scenario Outline: A plain user calls <operation> on another
      Given a user "ann"
      And a user "bob"
      And "bob" has the sites "first" and "second"
      And "bob" has the asset groups "first"
      And "bob" has a two-factor key
      When "ann" tries <operation> on "bob"
      Then it is refused as forbidden
      And nothing has changed

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
      When "ann" tries unlockUser on "bob"
      Then it is refused as forbidden
      And "bob" shows locked as true

    Scenario: A plain user updates a role
      Given a user "ann"
      And a role "desk" that may be changed
      When "ann" tries updateRole on "ann"
      Then it is refused as forbidden
      And nothing has changed

    Scenario: A plain user deletes a role
      Given a user "ann"
      And a role "desk" that may be deleted
      When "ann" tries deleteRole on "ann"
      Then it is refused as forbidden
      And nothing has changed

  @R7-ADMIN-04 @should
  Rule: A plain user reads no other's sites and asset groups
    Source: insightvm-api, getUserSites, getUserAssetGroups

    Scenario Outline: A plain user calls <operation> on another
      Given a user "ann"
      And a user "bob"
      When "ann" tries <operation> on "bob"
      Then it is refused as forbidden

      Examples:
        | operation          |
        | getUserSites       |
        | getUserAssetGroups |
