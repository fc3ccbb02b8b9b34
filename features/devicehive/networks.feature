@devicehive @networks
Feature: Networks of users

  @DH-NET-01 @must
  Rule: An assigned network is read back
    Source: devicehive-user, assignNetwork, getNetwork

    Scenario: The first network of a user
      Given a user "ann"
      And a network "home"
      When the administrator gives the network "home" to "ann"
      Then the request succeeds
      And "ann" has the network "home"

  @DH-NET-02 @must
  Rule: A network that was taken away is no longer found
    Source: devicehive-user, unassignNetwork, getNetwork

    Scenario: One of two networks is taken away
      Given a user "ann"
      And a network "home"
      And a network "attic"
      And "ann" has the networks home and attic
      When the administrator takes the network "home" from "ann"
      Then the request succeeds
      And "ann" has not the network "home"
      And "ann" has the network "attic"
      And the network "home" shows its name

    Scenario: A network that was never assigned
      Given a user "ann"
      And a network "home"
      And a network "attic"
      And "ann" has the networks attic
      When the administrator calls getNetwork for "ann"
      Then the request is refused
      And "ann" has the network "attic"

  @DH-NET-03 @must
  Rule: A user is shown with the networks assigned to it
    Source: devicehive-user, get

    Scenario: A user without networks
      Given a user "ann"
      When the administrator calls get for "ann"
      Then the networks of "ann" are none

    Scenario: A user with two networks
      Given a user "ann"
      And a user "bob"
      And a network "home"
      And a network "attic"
      And "bob" has the networks home
      When the administrator gives the network "home" to "ann"
      And the administrator gives the network "attic" to "ann"
      Then the networks of "ann" are home and attic
      And the networks of "bob" are home

    Scenario: Three networks, and the second taken away twice
      Given a user "ann"
      And a network "home"
      And a network "attic"
      And a network "cellar"
      When the administrator gives the network "home" to "ann"
      And the administrator gives the network "attic" to "ann"
      And the administrator gives the network "cellar" to "ann"
      Then the request succeeds
      And the networks of "ann" are home, attic and cellar
      When the administrator takes the network "attic" from "ann"
      And the administrator takes the network "attic" from "ann"
      Then the request is refused or has no effect
      And the networks of "ann" are home and cellar

    Scenario: A user who reads itself
      Given a user "ann"
      And a network "home"
      And "ann" has the networks home
      When "ann" reads itself
      Then the answer shows the networks home

  @DH-NET-04 @must
  Rule: A network that does not exist is refused
    Source: devicehive-user, getNetwork, assignNetwork, unassignNetwork

    Scenario Outline: <method> with a network that does not exist
      Given an equipped user "ann"
      When the administrator calls <method> for "ann" with an unknown network
      Then the request is refused
      And the networks of "ann" are home

      Examples:
        | method          |
        | getNetwork      |
        | assignNetwork   |
        | unassignNetwork |

  @DH-NET-05 @should
  Rule: Assigning a network twice assigns it once
    Source: devicehive-user, assignNetwork

    Scenario: A network that is assigned twice
      Given a user "ann"
      And a network "home"
      And "ann" has the networks home
      When the administrator gives the network "home" to "ann"
      Then the request is refused or has no effect
      And the networks of "ann" are home
      And "ann" has the network "home"

    Scenario: A network that is assigned twice and taken away
      Given a user "ann"
      And a network "home"
      And "ann" has the networks home
      When the administrator gives the network "home" to "ann"
      And the administrator takes the network "home" from "ann"
      Then the networks of "ann" are none

  @DH-NET-06 @should
  Rule: What a user has no network of is told with 404
    Source: devicehive-user, getNetwork, assignNetwork, unassignNetwork; http, notFound

    Scenario Outline: <method> with a network that does not exist is 404
      Given an equipped user "ann"
      When the administrator calls <method> for "ann" with an unknown network
      Then the request is refused with 404

      Examples:
        | method          |
        | getNetwork      |
        | assignNetwork   |
        | unassignNetwork |

    Scenario: A network that was never assigned is 404
      Given a user "ann"
      And a network "home"
      When the administrator calls getNetwork for "ann"
      Then the request is refused with 404
