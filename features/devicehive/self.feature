@devicehive @self
Feature: What clients do with their own accounts

  @DH-SELF-01 @must
  Rule: A client reads itself and nobody else
    Source: devicehive-user, get, getCurrent

    Scenario: A client reads itself by number
      Given a user "ann"
      When "ann" calls get for "ann"
      Then the answer is "ann"

    Scenario: A client reads itself as the current user
      Given a user "ann"
      When "ann" reads itself
      Then the answer is "ann"

    Scenario: A client reads another client
      Given a user "ann"
      And a user "bob"
      When "ann" calls get for "bob"
      Then the request is refused

    Scenario: A client reads an administrator
      Given a user "ann"
      And an administrator "eve"
      When "ann" calls get for "eve"
      Then the request is refused

    Scenario: A client reads another with a token for more
      Given a user "ann"
      And a user "bob"
      When "ann" with a token for GetCurrentUser, ManageUser calls get for "bob"
      Then the request is refused

  @DH-SELF-02 @must
  Rule: A client changes its own password by giving the old one
    Source: devicehive-user, update, updateCurrent

    Scenario Outline: A new password by <method>, with the old one
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      When "ann" changes its password by <method>, giving the old one
      Then the request succeeds
      And only the right password of "ann" works

      Examples:
        | method        |
        | update        |
        | updateCurrent |

  @DH-SELF-03 @must
  Rule: Without the valid old password a client's password stays
    Source: devicehive-user, update, updateCurrent

    Scenario Outline: A new password by <method>, <how>
      Given a user "ann"
      When "ann" changes its password by <method>, <how>
      Then the request is refused or has no effect
      And only the right password of "ann" works

      Examples:
        | method        | how                     |
        | update        | giving none             |
        | update        | giving a wrong old one  |
        | updateCurrent | giving none             |
        | updateCurrent | giving a wrong old one  |
        | updateCurrent | giving an empty old one |
        | updateCurrent | giving the old one in capital letters          |
        | updateCurrent | giving the old one in small letters            |
        | updateCurrent | giving the old one without its last character  |
        | updateCurrent | giving the old one without its first character |
        | updateCurrent | giving the old one with one more character     |
        | updateCurrent | giving the old one with a blank after it       |

  @DH-SELF-04 @must @disruptive
  Rule: A client without a password cannot set one
    Source: devicehive-user, update, updateCurrent

    Scenario Outline: A first password, giving <old>
      Given a client "pat" without a password
      When "pat" sets its first password, giving <old>
      Then the request is refused or has no effect
      And "pat" cannot sign in

      Examples:
        | old              |
        | no old one       |
        | an empty old one |

  @DH-SELF-05 @must
  Rule: A client changes nothing else of itself and nothing of others
    Source: devicehive-user, update, updateCurrent

    Scenario Outline: All properties of its own by <method>
      Given an equipped user "ann"
      When "ann" changes "ann" by <method> in each of these, alone and in pairs
        | role          | 0              |
        | status        | 2              |
        | login         | <tag>-renamed  |
        | data          | {"mine": true} |
        | introReviewed | true           |
      Then none of the changes is done
      And "ann" is unchanged

      Examples:
        | method        |
        | update        |
        | updateCurrent |

    Scenario: All properties of its own beside its password
      Given an equipped user "ann"
      When "ann" changes "ann" by updateCurrent, beside its password, in each of these, alone and in pairs
        | role          | 0              |
        | status        | 2              |
        | login         | <tag>-renamed  |
        | data          | {"mine": true} |
        | introReviewed | true           |
      Then none of the changes is done
      And "ann" is unchanged

    Scenario Outline: <property> of another client
      Given a user "ann"
      And a user "bob"
      When "ann" sends update for "bob" with
        | <property> | <value> |
      Then the request is refused
      And "bob" is unchanged

      Examples:
        | property      | value                |
        | role          | 0                    |
        | password      | (a new password)     |
        | data          | {"mine": true}       |
        | introReviewed | true                 |
        | status        | 2                    |
        | login         | <tag>-renamed        |

    Scenario: The password of another client, with a token for more
      Given a user "ann"
      And a user "bob"
      When "ann" with a token for UpdateCurrentUser, ManageUser sends update for "bob" with
        | password | (a new password) |
      Then the request is refused
      And "bob" is unchanged

  @DH-SELF-06 @must
  Rule: The current user is the caller
    Source: devicehive-user, getCurrent, updateCurrent

    Scenario Outline: The current user is read as <who>
      Given <who> "ann"
      And a user "bob"
      When "ann" reads itself
      Then the answer is "ann"

      Examples:
        | who              |
        | a user           |
        | an administrator |

    Scenario: The current user is changed
      Given an administrator "eve"
      And a user "ann"
      When "eve" updates itself with
        | introReviewed | true |
      Then the request succeeds
      And "eve" shows introReviewed as true
      And "ann" is unchanged
