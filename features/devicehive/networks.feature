@devicehive @networks
Feature: Networks of users

  @DH-NET-01 @must
  Rule: An assigned network is read back
    Source: devicehive-user, assignNetwork, getNetwork

    Scenario: The first network of a user
      Given a user "ann"
      And a network "home"
      When the administrator grants the network "home" to "ann"
      Then it succeeds
      When the administrator asks for the network "home" of "ann"
      Then the answer shows the networks "home"

  @DH-NET-02 @must
  Rule: A network that was taken away is no longer found
    Source: devicehive-user, unassignNetwork, getNetwork

    Scenario: One of two networks is taken away
      Given a user "ann"
      And a network "home"
      And a network "attic"
      And "ann" has the networks "home" and "attic"
      When the administrator revokes the network "home" from "ann"
      Then it succeeds
      When the administrator asks for the network "home" of "ann"
      Then it is refused
      When the administrator asks for the network "attic" of "ann"
      Then the answer shows the networks "attic"
      And nothing has changed

    Scenario: One network after the other, of one of two users who have both
      Given a user "ann"
      And a user "bob"
      And a network "home"
      And a network "attic"
      And "ann" has the networks "home" and "attic"
      And "bob" has the networks "home" and "attic"
      When the administrator revokes the network "home" from "ann"
      Then it succeeds
      And "ann" has exactly the networks "attic"
      And "bob" has exactly the networks "home" and "attic"
      When the administrator revokes the network "attic" from "ann"
      Then it succeeds
      And "ann" has no networks
      And "bob" has exactly the networks "home" and "attic"

    Scenario: A network that was never assigned
      Given a user "ann"
      And a network "home"
      And a network "attic"
      And "ann" has the networks "attic"
      When the administrator asks for the network "home" of "ann"
      Then it is refused
      When the administrator asks for the network "attic" of "ann"
      Then the answer shows the networks "attic"

  @DH-NET-03 @must
  Rule: A user is shown with the networks assigned to it
    Source: devicehive-user, get

    Scenario: A user without networks
      Given a user "ann"
      When the administrator reads "ann"
      Then "ann" has no networks

    Scenario: A user with two networks
      Given a user "ann"
      And a user "bob"
      And a network "home"
      And a network "attic"
      And "bob" has the networks "home"
      When the administrator grants the network "home" to "ann"
      And the administrator grants the network "attic" to "ann"
      Then "ann" has exactly the networks "home" and "attic"
      And "bob" has exactly the networks "home"

    Scenario: Three networks, and the second taken away twice
      Given a user "ann"
      And a network "home"
      And a network "attic"
      And a network "cellar"
      When the administrator changes the networks of "ann" in turn
        | grants  | home   | home                   |
        | grants  | attic  | home, attic            |
        | grants  | cellar | home, attic and cellar |
        | revokes | attic  | home and cellar        |
        | revokes | attic  | home and cellar        |
      Then each change of the networks of "ann" is as the table says

    Scenario: A user who reads itself
      Given a user "ann"
      And a network "home"
      And "ann" has the networks "home"
      When "ann" tries getCurrent
      Then the answer shows the networks "home"

  @DH-NET-04 @must
  Rule: A network that does not exist is refused
    Source: devicehive-user, getNetwork, assignNetwork, unassignNetwork

    Scenario Outline: A network that does not exist, and the administrator <does> "ann"
      Given an equipped user "ann"
      When the administrator <does> "ann"
      Then it is refused
      And nothing has changed

      Examples:
        | does                               |
        | asks for the network "unknown" of  |
        | grants the network "unknown" to    |
        | revokes the network "unknown" from |

  @DH-NET-05 @should
  Rule: Assigning a network twice assigns it once
    Source: devicehive-user, assignNetwork

    Scenario: A network that is assigned twice
      Given a user "ann"
      And a network "home"
      And "ann" has the networks "home"
      When the administrator grants the network "home" to "ann"
      Then it is refused or has no effect
      And "ann" has exactly the networks "home"
      When the administrator asks for the network "home" of "ann"
      Then the answer shows the networks "home"

    Scenario: A network that is assigned twice and taken away
      Given a user "ann"
      And a network "home"
      And "ann" has the networks "home"
      When the administrator grants the network "home" to "ann"
      And the administrator revokes the network "home" from "ann"
      Then "ann" has no networks

  @DH-NET-06 @should
  Rule: What a user has no network of is told with 404
    Source: devicehive-user, getNetwork, assignNetwork, unassignNetwork; http, notFound

    Scenario Outline: It is 404 when the administrator <does> "ann"
      Given an equipped user "ann"
      When the administrator <does> "ann"
      Then it is refused as unknown

      Examples:
        | does                               |
        | asks for the network "unknown" of  |
        | grants the network "unknown" to    |
        | revokes the network "unknown" from |

    Scenario: A network that was never assigned is 404
      Given a user "ann"
      And a network "home"
      When the administrator asks for the network "home" of "ann"
      Then it is refused as unknown
