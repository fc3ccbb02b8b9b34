@rapid7 @sites
Feature: Access to sites

  @R7-SITE-01 @must
  Rule: A granted site is listed
    Source: insightvm-api, addUserSite, getUserSites

    Scenario: One, two and three sites, one by one
      Given a user "ann"
      And "ann" has the asset groups "first"
      When the administrator changes the sites of "ann" in turn
        | grants | second | second                  |
        | grants | first  | first and second        |
        | grants | third  | first, second and third |
      Then each change of the sites of "ann" is as the table says

  @R7-SITE-02 @must
  Rule: Setting the sites replaces the whole list
    Source: insightvm-api, setUserSites

    Scenario: Lists of one, two and three sites
      Given a user "ann"
      And "ann" has the asset groups "first"
      When the administrator changes the sites of "ann" in turn
        | sets | first                   | first                   |
        | sets | second and third        | second and third        |
        | sets | first, second and third | first, second and third |
        | sets | second                  | second                  |
      Then each change of the sites of "ann" is as the table says

  @R7-SITE-03 @must
  Rule: Removing one site removes that one
    Source: insightvm-api, removeUserSite

    Scenario: One of three, one of two, and the last
      Given a user "ann"
      And "ann" has the sites "first", "second" and "third"
      And "ann" has the asset groups "first" and "second"
      When the administrator changes the sites of "ann" in turn
        | revokes | second | first and third |
        | revokes | third  | first           |
        | revokes | first  | none            |
      Then each change of the sites of "ann" is as the table says

  @R7-SITE-04 @must
  Rule: Removing all sites leaves none
    Source: insightvm-api, removeAllUserSites

    Scenario: All of three sites, and then of none
      Given a user "ann"
      And "ann" has the sites "first", "second" and "third"
      And "ann" has the asset groups "first"
      When the administrator changes the sites of "ann" in turn
        | revokes | all    | none   |
        | sets    | first  | first  |
        | revokes | all    | none   |
        | sets    | second | second |
        | revokes | all    | none   |
        | revokes | all    | none   |
      Then each change of the sites of "ann" is as the table says

  @R7-SITE-05 @must
  Rule: A user with access to all sites is never granted a single one
    Source: insightvm-api, addUserSite

    Scenario: A single site beside access to all
      Given a user "ann" with
        | role.allSites | true |
      When the administrator grants the site "first" to "ann"
      Then it is refused
      And nothing has changed
      And "ann" shows role.allSites as true

  @R7-SITE-06 @must
  Rule: Setting the sites of a user with access to all changes nothing
    Source: insightvm-api, setUserSites

    Scenario: A list of sites beside access to all
      Given a user "ann" with
        | role.allSites | true |
      When the administrator sets the sites of "ann" to "first"
      Then it is refused or has no effect
      And nothing has changed
      And "ann" shows role.allSites as true

  @R7-SITE-07 @must
  Rule: An unknown site is refused
    Source: insightvm-api, addUserSite, removeUserSite, setUserSites

    Scenario: An unknown site is granted
      Given a user "ann"
      And "ann" has the sites "second"
      When the administrator grants the site "unknown" to "ann"
      Then it is refused as unknown
      And nothing has changed

    Scenario: An unknown site is revoked
      Given a user "ann"
      And "ann" has the sites "second"
      When the administrator revokes the site "unknown" from "ann"
      Then it is refused as unknown
      And nothing has changed

    Scenario Outline: Sites are set to <which>
      Given a user "ann"
      And "ann" has the sites "second"
      When the administrator sets the sites of "ann" to <which>
      Then it is refused as 400 or 404
      And nothing has changed

      Examples:
        | which                 |
        | "first" and "unknown" |
        | "unknown" and "first" |

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
      Then each change of the sites of "ann" is as the table says
