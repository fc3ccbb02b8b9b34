@rapid7 @sites
Feature: Access to sites

  @R7-SITE-01 @must
  Rule: A granted site is listed
    Source: 000_ed3294674eb9bc89.txt, addUserSite and getUserSites

    Scenario: One site
      Given a user "ann"
      When the administrator grants the first site to "ann"
      Then the request succeeds
      And "ann" has access to exactly the first of the sites

    Scenario: One more
      Given a user "ann"
      And "ann" has access to the second of the sites
      And "ann" has access to the first of the asset groups
      When the administrator grants the first site to "ann"
      Then "ann" has access to exactly the first and second of the sites
      And the asset groups of "ann" are as they were

  @R7-SITE-02 @must
  Rule: Setting the sites replaces the whole list
    Source: 000_ed3294674eb9bc89.txt, setUserSites

    Scenario: Another list
      Given a user "ann"
      And "ann" has access to the first and second of the sites
      And "ann" has access to the first of the asset groups
      When the administrator sets the sites of "ann" to the second and third
      Then the request succeeds
      And "ann" has access to exactly the second and third of the sites
      And the asset groups of "ann" are as they were

  @R7-SITE-03 @must
  Rule: Removing one site removes that one
    Source: 000_ed3294674eb9bc89.txt, removeUserSite

    Scenario: One of two
      Given a user "ann"
      And "ann" has access to the first and second of the sites
      And "ann" has access to the first and second of the asset groups
      When the administrator revokes the first site from "ann"
      Then the request succeeds
      And "ann" has access to exactly the second of the sites
      And the asset groups of "ann" are as they were

  @R7-SITE-04 @must
  Rule: Removing all sites leaves none
    Source: 000_ed3294674eb9bc89.txt, removeAllUserSites

    Scenario: Two of them
      Given a user "ann"
      And "ann" has access to the first and second of the sites
      And "ann" has access to the first of the asset groups
      When the administrator revokes all sites from "ann"
      Then the request succeeds
      And "ann" has access to none of the sites
      And the asset groups of "ann" are as they were

  @R7-SITE-05 @must
  Rule: A user with access to all sites is never granted a single one
    Source: 000_ed3294674eb9bc89.txt, addUserSite

    Scenario: One site
      Given a user "ann" with access to all sites
      And the listed sites of "ann" are noted
      When the administrator grants the first site to "ann"
      Then the request is refused
      And the listed sites of "ann" are as noted
      And "ann" shows role.allSites as true

  @R7-SITE-06 @must
  Rule: Setting the sites of a user with access to all changes nothing
    Source: 000_ed3294674eb9bc89.txt, setUserSites, its body

    Scenario: A list
      Given a user "ann" with access to all sites
      And the listed sites of "ann" are noted
      When the administrator sets the sites of "ann" to the first
      Then the request is refused or has no effect
      And the listed sites of "ann" are as noted
      And "ann" shows role.allSites as true

  @R7-SITE-07 @must
  Rule: An unknown site answers 404
    Source: 000_ed3294674eb9bc89.txt, 404 of addUserSite, removeUserSite and setUserSites

    Scenario Outline: The administrator <does> it
      Given a user "ann"
      And "ann" has access to the second of the sites
      When the administrator <does> an unknown site for "ann"
      Then the request is refused with 404
      And "ann" has access to exactly the second of the sites

      Examples:
        | does    |
        | grants  |
        | revokes |
        | sets    |

  @R7-SITE-08 @should
  Rule: Granting twice grants once, and no sites at all is a list, too
    Source: 000_ed3294674eb9bc89.txt, setUserSites and addUserSite

    Scenario: Granted again
      Given a user "ann"
      And "ann" has access to the first of the sites
      When the administrator grants the first site to "ann"
      Then "ann" has access to exactly the first of the sites

    Scenario: Named twice and out of order
      Given a user "ann"
      When the administrator sets the sites of "ann" to the third and first, each named twice
      Then "ann" has access to exactly the first and third of the sites

    Scenario: An empty list
      Given a user "ann"
      And "ann" has access to the first and second of the sites
      When the administrator sets the sites of "ann" to none
      Then "ann" has access to none of the sites
