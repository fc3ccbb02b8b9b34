@rapid7 @asset-groups
Feature: Access to asset groups

  @R7-GROUP-01 @must
  Rule: A granted asset group is listed
    Source: insightvm-api, addUserAssetGroup, getUserAssetGroups

    Scenario: One, two and three asset groups, one by one
      Given a user "ann"
      And "ann" has the sites "first"
      When the administrator changes the asset groups of "ann" in turn
        | grants | second | second                  |
        | grants | first  | first and second        |
        | grants | third  | first, second and third |
      Then each change of the asset groups of "ann" is as the table says

  @R7-GROUP-02 @must
  Rule: Setting the asset groups replaces the whole list
    Source: insightvm-api, setUserAssetGroups

    Scenario: Lists of one, two and three asset groups
      Given a user "ann"
      And "ann" has the sites "first"
      When the administrator changes the asset groups of "ann" in turn
        | sets | first                   | first                   |
        | sets | second and third        | second and third        |
        | sets | first, second and third | first, second and third |
        | sets | second                  | second                  |
      Then each change of the asset groups of "ann" is as the table says

  @R7-GROUP-03 @must
  Rule: Removing one asset group removes that one
    Source: insightvm-api, removeUserAssetGroup

    Scenario: One of three, one of two, and the last
      Given a user "ann"
      And "ann" has the asset groups "first", "second" and "third"
      And "ann" has the sites "first" and "second"
      When the administrator changes the asset groups of "ann" in turn
        | revokes | second | first and third |
        | revokes | third  | first           |
        | revokes | first  | none            |
      Then each change of the asset groups of "ann" is as the table says

  @R7-GROUP-04 @must
  Rule: Removing all asset groups leaves none
    Source: insightvm-api, removeAllUserAssetGroups

    Scenario: All of three asset groups, and then of none
      Given a user "ann"
      And "ann" has the asset groups "first", "second" and "third"
      And "ann" has the sites "first"
      When the administrator changes the asset groups of "ann" in turn
        | revokes | all    | none   |
        | sets    | first  | first  |
        | revokes | all    | none   |
        | sets    | second | second |
        | revokes | all    | none   |
        | revokes | all    | none   |
      Then each change of the asset groups of "ann" is as the table says

  @R7-GROUP-05 @must
  Rule: A user with access to all asset groups is never granted a single one
    Source: insightvm-api, addUserAssetGroup

    Scenario: A single asset group beside access to all
      Given a user "ann" with
        | role.allAssetGroups | true |
      When the administrator grants the asset group "first" to "ann"
      Then it is refused
      And nothing has changed
      And "ann" shows role.allAssetGroups as true

  @R7-GROUP-06 @must
  Rule: Setting the asset groups of a user with access to all changes nothing
    Source: insightvm-api, setUserAssetGroups

    Scenario: A list of asset groups beside access to all
      Given a user "ann" with
        | role.allAssetGroups | true |
      When the administrator sets the asset groups of "ann" to "first"
      Then it is refused or has no effect
      And nothing has changed
      And "ann" shows role.allAssetGroups as true

  @R7-GROUP-07 @must
  Rule: An unknown asset group is refused
    Source: insightvm-api, addUserAssetGroup, removeUserAssetGroup, setUserAssetGroups

    Scenario: An unknown asset group is granted
      Given a user "ann"
      And "ann" has the asset groups "second"
      When the administrator grants the asset group "unknown" to "ann"
      Then it is refused as unknown
      And nothing has changed

    Scenario: An unknown asset group is revoked
      Given a user "ann"
      And "ann" has the asset groups "second"
      When the administrator revokes the asset group "unknown" from "ann"
      Then it is refused as unknown
      And nothing has changed

    Scenario Outline: Asset groups are set to <which>
      Given a user "ann"
      And "ann" has the asset groups "second"
      When the administrator sets the asset groups of "ann" to <which>
      Then it is refused as 400 or 404
      And nothing has changed

      Examples:
        | which                 |
        | "first" and "unknown" |
        | "unknown" and "first" |

  @R7-GROUP-08 @should
  Rule: Granting twice grants once, and no asset groups at all is a list, too
    Source: insightvm-api, setUserAssetGroups, addUserAssetGroup

    Scenario: Asset groups that are granted, revoked and named twice
      Given a user "ann"
      When the administrator changes the asset groups of "ann" in turn
        | grants  | first                         | first           |
        | grants  | first                         | first           |
        | revokes | second                        | first           |
        | sets    | third, first, third and first | first and third |
        | revokes | first                         | third           |
        | revokes | first                         | third           |
        | sets    | none                          | none            |
        | sets    | none                          | none            |
      Then each change of the asset groups of "ann" is as the table says
