@rapid7 @sites
Feature: Access to sites

  @R7-SITE-01 @must
  Rule: A granted site is listed
    Source: insightvm-api, addUserSite, getUserSites

    Scenario: One, two and three sites, one by one
      Given a user "ann"
      And "ann" has access to the first of the asset groups
      When the administrator changes the sites of "ann" in turn
        | grants | second | second                  |
        | grants | first  | first and second        |
        | grants | third  | first, second and third |
      Then after each the sites of "ann" are as the table says

  @R7-SITE-02 @must
  Rule: Setting the sites replaces the whole list
    Source: insightvm-api, setUserSites

    Scenario: Lists of one, two and three sites
      Given a user "ann"
      And "ann" has access to the first of the asset groups
      When the administrator changes the sites of "ann" in turn
        | sets | first                   | first                   |
        | sets | second and third        | second and third        |
        | sets | first, second and third | first, second and third |
        | sets | second                  | second                  |
      Then after each the sites of "ann" are as the table says

  @R7-SITE-03 @must
  Rule: Removing one site removes that one
    Source: insightvm-api, removeUserSite

    Scenario: One of three, one of two, and the last
      Given a user "ann"
      And "ann" has access to the first, second and third of the sites
      And "ann" has access to the first and second of the asset groups
      When the administrator changes the sites of "ann" in turn
        | revokes | second | first and third |
        | revokes | third  | first           |
        | revokes | first  | none            |
      Then after each the sites of "ann" are as the table says

  @R7-SITE-04 @must
  Rule: Removing all sites leaves none
    Source: insightvm-api, removeAllUserSites

    Scenario: All of three sites, and then of none
      Given a user "ann"
      And "ann" has access to the first, second and third of the sites
      And "ann" has access to the first of the asset groups
      When the administrator changes the sites of "ann" in turn
        | revokes | all | none |
        | revokes | all | none |
      Then after each the sites of "ann" are as the table says

  @R7-SITE-05 @must
  Rule: A user with access to all sites is never granted a single one
    Source: insightvm-api, addUserSite

    Scenario: A single site beside access to all
      Given a user "ann" with access to all sites
      And the listed sites of "ann" are noted
      When the administrator grants the first of the sites for "ann"
      Then the request is refused
      And the listed sites of "ann" are as noted
      And "ann" shows role.allSites as true

  @R7-SITE-06 @must
  Rule: Setting the sites of a user with access to all changes nothing
    Source: insightvm-api, setUserSites

    Scenario: A list of sites beside access to all
      Given a user "ann" with access to all sites
      And the listed sites of "ann" are noted
      When the administrator sets the first of the sites for "ann"
      Then the request is refused or has no effect
      And the listed sites of "ann" are as noted
      And "ann" shows role.allSites as true

  @R7-SITE-07 @must
  Rule: An unknown site is refused
    Source: insightvm-api, addUserSite, removeUserSite, setUserSites

    Scenario Outline: The administrator <does> the <which> of the sites
      Given a user "ann"
      And "ann" has access to the second of the sites
      When the administrator <does> the <which> of the sites for "ann"
      Then the request is refused with <status>
      And "ann" has access to exactly the second of the sites

      Examples:
        | does    | which             | status     |
        | grants  | unknown           | 404        |
        | revokes | unknown           | 404        |
        | sets    | first and unknown | 400 or 404 |
        | sets    | unknown and first | 400 or 404 |

  @R7-SITE-08 @should
  Rule: Granting twice grants once, and no sites at all is a list, too
    Source: insightvm-api, setUserSites, addUserSite

    Scenario: Sites that are granted, revoked and named twice
      Given a user "ann"
      When the administrator changes the sites of "ann" in turn
        | grants  | first                         | first           |
        | grants  | first                         | first           |
        | revokes | second                        | first           |
        | sets    | third, first, third and first | first and third |
        | revokes | first                         | third           |
        | revokes | first                         | third           |
        | sets    | none                          | none            |
        | sets    | none                          | none            |
      Then after each the sites of "ann" are as the table says
