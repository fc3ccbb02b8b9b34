@rapid7 @asset-groups
Feature: Access to asset groups

  @R7-GROUP-01 @must
  Rule: A granted asset group is listed
    Source: insightvm-api, addUserAssetGroup, getUserAssetGroups

    Scenario: One, two and three asset groups, one by one
      Given a user "ann"
      And "ann" has access to the first of the sites
      When the administrator changes the asset groups of "ann" in turn
        | grants | second | second                  |
        | grants | first  | first and second        |
        | grants | third  | first, second and third |
      Then after each the asset groups of "ann" are as the table says

  @R7-GROUP-02 @must
  Rule: Setting the asset groups replaces the whole list
    Source: insightvm-api, setUserAssetGroups

    Scenario: Lists of one, two and three asset groups
      Given a user "ann"
      And "ann" has access to the first of the sites
      When the administrator changes the asset groups of "ann" in turn
        | sets | first                   | first                   |
        | sets | second and third        | second and third        |
        | sets | first, second and third | first, second and third |
        | sets | second                  | second                  |
      Then after each the asset groups of "ann" are as the table says

  @R7-GROUP-03 @must
  Rule: Removing one asset group removes that one
    Source: insightvm-api, removeUserAssetGroup

    Scenario: One of three, one of two, and the last
      Given a user "ann"
      And "ann" has access to the first, second and third of the asset groups
      And "ann" has access to the first and second of the sites
      When the administrator changes the asset groups of "ann" in turn
        | revokes | second | first and third |
        | revokes | third  | first           |
        | revokes | first  | none            |
      Then after each the asset groups of "ann" are as the table says

  @R7-GROUP-04 @must
  Rule: Removing all asset groups leaves none
    Source: insightvm-api, removeAllUserAssetGroups

    Scenario: All of three asset groups, and then of none
      Given a user "ann"
      And "ann" has access to the first, second and third of the asset groups
      And "ann" has access to the first of the sites
      When the administrator changes the asset groups of "ann" in turn
        | revokes | all | none |
        | revokes | all | none |
      Then after each the asset groups of "ann" are as the table says

  @R7-GROUP-05 @must
  Rule: A user with access to all asset groups is never granted a single one
    Source: insightvm-api, addUserAssetGroup

    Scenario: A single asset group beside access to all
      Given a user "ann" with access to all asset groups
      And the listed asset groups of "ann" are noted
      When the administrator grants the first of the asset groups for "ann"
      Then the request is refused
      And the listed asset groups of "ann" are as noted
      And "ann" shows role.allAssetGroups as true

  @R7-GROUP-06 @must
  Rule: Setting the asset groups of a user with access to all changes nothing
    Source: insightvm-api, setUserAssetGroups

    Scenario: A list of asset groups beside access to all
      Given a user "ann" with access to all asset groups
      And the listed asset groups of "ann" are noted
      When the administrator sets the first of the asset groups for "ann"
      Then the request is refused or has no effect
      And the listed asset groups of "ann" are as noted
      And "ann" shows role.allAssetGroups as true

  @R7-GROUP-07 @must
  Rule: An unknown asset group is refused
    Source: insightvm-api, addUserAssetGroup, removeUserAssetGroup, setUserAssetGroups

    Scenario Outline: The administrator <does> the <which> of the asset groups
      Given a user "ann"
      And "ann" has access to the second of the asset groups
      When the administrator <does> the <which> of the asset groups for "ann"
      Then the request is refused with <status>
      And "ann" has access to exactly the second of the asset groups

      Examples:
        | does    | which             | status     |
        | grants  | unknown           | 404        |
        | revokes | unknown           | 404        |
        | sets    | first and unknown | 400 or 404 |
        | sets    | unknown and first | 400 or 404 |

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
      Then after each the asset groups of "ann" are as the table says
