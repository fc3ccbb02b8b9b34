@rapid7 @asset-groups
Feature: Access to asset groups

  @R7-GROUP-01 @must
  Rule: A granted asset group is listed
    Source: 000_ed3294674eb9bc89.txt, addUserAssetGroup and getUserAssetGroups

    Scenario: One asset group
      Given a user "ann"
      When the administrator grants the first asset group to "ann"
      Then the request succeeds
      And "ann" has access to exactly the first of the asset groups

    Scenario: One more
      Given a user "ann"
      And "ann" has access to the second of the asset groups
      And "ann" has access to the first of the sites
      When the administrator grants the first asset group to "ann"
      Then "ann" has access to exactly the first and second of the asset groups
      And the sites of "ann" are as they were

  @R7-GROUP-02 @must
  Rule: Setting the asset groups replaces the whole list
    Source: 000_ed3294674eb9bc89.txt, setUserAssetGroups

    Scenario: Another list
      Given a user "ann"
      And "ann" has access to the first and second of the asset groups
      And "ann" has access to the first of the sites
      When the administrator sets the asset groups of "ann" to the second and third
      Then the request succeeds
      And "ann" has access to exactly the second and third of the asset groups
      And the sites of "ann" are as they were

  @R7-GROUP-03 @must
  Rule: Removing one asset group removes that one
    Source: 000_ed3294674eb9bc89.txt, removeUserAssetGroup

    Scenario: One of two
      Given a user "ann"
      And "ann" has access to the first and second of the asset groups
      And "ann" has access to the first and second of the sites
      When the administrator revokes the first asset group from "ann"
      Then the request succeeds
      And "ann" has access to exactly the second of the asset groups
      And the sites of "ann" are as they were

  @R7-GROUP-04 @must
  Rule: Removing all asset groups leaves none
    Source: 000_ed3294674eb9bc89.txt, removeAllUserAssetGroups

    Scenario: Two of them
      Given a user "ann"
      And "ann" has access to the first and second of the asset groups
      And "ann" has access to the first of the sites
      When the administrator revokes all asset groups from "ann"
      Then the request succeeds
      And "ann" has access to none of the asset groups
      And the sites of "ann" are as they were

  @R7-GROUP-05 @must
  Rule: A user with access to all asset groups is never granted a single one
    Source: 000_ed3294674eb9bc89.txt, addUserAssetGroup

    Scenario: One asset group
      Given a user "ann" with access to all asset groups
      And the listed asset groups of "ann" are noted
      When the administrator grants the first asset group to "ann"
      Then the request is refused
      And the listed asset groups of "ann" are as noted
      And "ann" shows role.allAssetGroups as true

  @R7-GROUP-06 @must
  Rule: Setting the asset groups of a user with access to all changes nothing
    Source: 000_ed3294674eb9bc89.txt, setUserAssetGroups, its body

    Scenario: A list
      Given a user "ann" with access to all asset groups
      And the listed asset groups of "ann" are noted
      When the administrator sets the asset groups of "ann" to the first
      Then the request is refused or has no effect
      And the listed asset groups of "ann" are as noted
      And "ann" shows role.allAssetGroups as true

  @R7-GROUP-07 @must
  Rule: An unknown asset group answers 404
    Source: 000_ed3294674eb9bc89.txt, 404 of addUserAssetGroup, removeUserAssetGroup and setUserAssetGroups

    Scenario Outline: The administrator <does> it
      Given a user "ann"
      And "ann" has access to the second of the asset groups
      When the administrator <does> an unknown asset group for "ann"
      Then the request is refused with 404
      And "ann" has access to exactly the second of the asset groups

      Examples:
        | does    |
        | grants  |
        | revokes |
        | sets    |

  @R7-GROUP-08 @should
  Rule: Granting twice grants once, and no asset groups at all is a list, too
    Source: 000_ed3294674eb9bc89.txt, setUserAssetGroups and addUserAssetGroup

    Scenario: Granted again
      Given a user "ann"
      And "ann" has access to the first of the asset groups
      When the administrator grants the first asset group to "ann"
      Then "ann" has access to exactly the first of the asset groups

    Scenario: Named twice and out of order
      Given a user "ann"
      When the administrator sets the asset groups of "ann" to the third and first, each named twice
      Then "ann" has access to exactly the first and third of the asset groups

    Scenario: An empty list
      Given a user "ann"
      And "ann" has access to the first and second of the asset groups
      When the administrator sets the asset groups of "ann" to none
      Then "ann" has access to none of the asset groups
