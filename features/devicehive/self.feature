@devicehive @self
Feature: What clients do with their own accounts

  @DH-SELF-01 @must
  Rule: A client reads itself and nobody else
    Source: 002_3503676279aec765.txt, get and getCurrent

    Scenario: Itself by number
      Given a user "ann"
      When "ann" calls get for "ann"
      Then the answer is "ann"

    Scenario: Itself as the current user
      Given a user "ann"
      When "ann" reads itself
      Then the answer is "ann"

    Scenario: Another client
      Given a user "ann"
      And a user "bob"
      When "ann" calls get for "bob"
      Then the request is refused

    Scenario: An administrator
      Given a user "ann"
      And an administrator "eve"
      When "ann" calls get for "eve"
      Then the request is refused

    Scenario: Another with a token for more
      Given a user "ann"
      And a user "bob"
      When "ann" with a token for GetCurrentUser, ManageUser calls get for "bob"
      Then the request is refused

  @DH-SELF-02 @must
  Rule: A client changes its own password by giving the old one
    Source: 002_3503676279aec765.txt, update and updateCurrent

    Scenario Outline: By <method>
      Given a user "ann"
      When "ann" changes its password by <method>, giving the old one
      Then the request succeeds
      And only the right password of "ann" works

      Examples:
        | method        |
        | update        |
        | updateCurrent |

  @DH-SELF-03 @must
  Rule: Without the valid old password a client's password stays
    Source: 002_3503676279aec765.txt, update and updateCurrent, oldPassword

    Scenario Outline: By <method>, <how>
      Given a user "ann"
      When "ann" changes its password by <method>, <how>
      Then the request is refused
      And only the right password of "ann" works

      Examples:
        | method        | how                     |
        | update        | giving none             |
        | update        | giving a wrong old one  |
        | updateCurrent | giving none             |
        | updateCurrent | giving a wrong old one  |
        | updateCurrent | giving an empty old one |

  @DH-SELF-04 @must @disruptive
  Rule: A client without a password cannot set one
    Source: 002_3503676279aec765.txt, update and updateCurrent, first condition

    Scenario Outline: Giving <old>
      Given a client "pat" without a password
      When "pat" sets its first password, giving <old>
      Then the request is refused
      And "pat" cannot sign in

      Examples:
        | old              |
        | no old one       |
        | an empty old one |

  @DH-SELF-05 @must
  Rule: A client changes nothing else of itself and nothing of others
    Source: 002_3503676279aec765.txt, update and updateCurrent

    Scenario Outline: Its own <property>
      Given a user "ann"
      When "ann" sends updateCurrent for "ann" with
        | <property> | <value> |
      Then the request is refused or has no effect
      And "ann" is unchanged

      Examples:
        | property      | value              |
        | role          | 0                  |
        | status        | 2                  |
        | login         | rolecall-renamed   |
        | data          | {"mine": true}     |
        | introReviewed | true               |

    Scenario Outline: <property> of another
      Given a user "ann"
      And a user "bob"
      When "ann" sends update for "bob" with
        | <property> | <value> |
      Then the request is refused
      And "bob" is unchanged

      Examples:
        | property      | value                |
        | role          | 0                    |
        | password      | taken-over-9!        |
        | data          | {"mine": true}       |
        | introReviewed | true                 |

    Scenario: Another's password, with a token for more
      Given a user "ann"
      And a user "bob"
      When "ann" with a token for UpdateCurrentUser, ManageUser sends update for "bob" with
        | password | taken-over-9! |
      Then the request is refused
      And "bob" is unchanged

  @DH-SELF-06 @must
  Rule: The current user is the caller
    Source: 002_3503676279aec765.txt, getCurrent and updateCurrent

    Scenario Outline: Reading as <who>
      Given <who> "ann"
      And a user "bob"
      When "ann" reads itself
      Then the answer is "ann"

      Examples:
        | who              |
        | a user           |
        | an administrator |

    Scenario: Changing
      Given an administrator "eve"
      And a user "ann"
      When "eve" updates itself with
        | introReviewed | true |
      Then the request succeeds
      And "eve" shows introReviewed as true
      And "ann" is unchanged
