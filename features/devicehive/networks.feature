@devicehive @networks
Feature: Networks of users

  @DH-NET-01 @must
  Rule: An assigned network is read back
    Source: 002_3503676279aec765.txt, assignNetwork and getNetwork

    Scenario: One network
      Given a user "ann"
      And a network "home"
      When the administrator gives the network "home" to "ann"
      Then the request succeeds
      And "ann" has the network "home"

  @DH-NET-02 @must
  Rule: A network that was taken away is no longer found
    Source: 002_3503676279aec765.txt, unassignNetwork and getNetwork

    Scenario: One of two
      Given a user "ann"
      And a network "home"
      And a network "attic"
      And "ann" has the networks home and attic
      When the administrator takes the network "home" from "ann"
      Then the request succeeds
      And "ann" has not the network "home"
      And "ann" has the network "attic"
      And the network "home" shows its name

    Scenario: One that was never assigned
      Given a user "ann"
      And a network "home"
      When the administrator calls getNetwork for "ann"
      Then the request is refused with 404

  @DH-NET-03 @must
  Rule: A user is shown with the networks assigned to it
    Source: 002_3503676279aec765.txt, get, its assigned networks

    Scenario: None
      Given a user "ann"
      When the administrator calls get for "ann"
      Then the networks of "ann" are none

    Scenario: Two
      Given a user "ann"
      And a user "bob"
      And a network "home"
      And a network "attic"
      And "bob" has the networks home
      When the administrator gives the network "home" to "ann"
      And the administrator gives the network "attic" to "ann"
      Then the networks of "ann" are home and attic
      And the networks of "bob" are home

    Scenario: To itself
      Given a user "ann"
      And a network "home"
      And "ann" has the networks home
      When "ann" reads itself
      Then the answer shows the networks home

  @DH-NET-04 @must
  Rule: A network that does not exist answers 404
    Source: 002_3503676279aec765.txt, getNetwork, assignNetwork and unassignNetwork

    Scenario Outline: <method>
      Given an equipped user "ann"
      When the administrator calls <method> for "ann" with an unknown network
      Then the request is refused with 404
      And the networks of "ann" are home

      Examples:
        | method          |
        | getNetwork      |
        | assignNetwork   |
        | unassignNetwork |

  @DH-NET-05 @should
  Rule: Assigning a network twice assigns it once
    Source: 002_3503676279aec765.txt, assignNetwork

    Scenario: Again
      Given a user "ann"
      And a network "home"
      And "ann" has the networks home
      When the administrator gives the network "home" to "ann"
      Then the networks of "ann" are home
      And "ann" has the network "home"

    Scenario: Again and away
      Given a user "ann"
      And a network "home"
      And "ann" has the networks home
      When the administrator gives the network "home" to "ann"
      And the administrator takes the network "home" from "ann"
      Then the networks of "ann" are none
