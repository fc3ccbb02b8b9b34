@devicehive @self
Feature: What clients do with their own accounts

  @DH-SELF-01 @must
  Rule: A client reads itself and nobody else
    Source: devicehive-user, get, getCurrent

    Scenario: A client reads itself by number
      Given a user "ann"
      When "ann" reads "ann"
      Then the answer is "ann"

    Scenario: A client reads itself as the current user
      Given a user "ann"
      When "ann" tries getCurrent
      Then the answer is "ann"

    Scenario: A client reads another client
      Given a user "ann"
      And a user "bob"
      When "ann" reads "bob"
      Then it is refused

    Scenario: A client reads an administrator
      Given a user "ann"
      And an administrator "eve"
      When "ann" reads "eve"
      Then it is refused

    Scenario: A client reads another with a token for more
      Given a user "ann"
      And a user "bob"
      When "ann" with a token for GetCurrentUser, ManageUser reads "bob"
      Then it is refused

  @DH-SELF-02 @must
  Rule: A client changes its own password by giving the old one
    Source: devicehive-user, update, updateCurrent

    Scenario Outline: A new password by <operation>, with the old one
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      When "ann" changes "ann" by <operation>
        | password    | (a new password) |
        | oldPassword | (its password)   |
      Then it succeeds
      And only the newest password of "ann" works

      Examples:
        | operation     |
        | update        |
        | updateCurrent |

  @DH-SELF-03 @must
  Rule: Without the valid old password a client's password stays
    Source: devicehive-user, update, updateCurrent

    Scenario Outline: A new password by <operation>, with <old> as the old one
      Given a user "ann"
      When "ann" tries to change "ann" by <operation>
        | password    | (a new password) |
        | oldPassword | <old>            |
      Then it is refused or has no effect
      And only the newest password of "ann" works

      Examples:
        | operation     | old                                        |
        | update        | (left out)                                 |
        | update        | (a wrong password)                         |
        | updateCurrent | (left out)                                 |
        | updateCurrent | (a wrong password)                         |
        | updateCurrent | ""                                         |
        | updateCurrent | (its password in capital letters)          |
        | updateCurrent | (its password in small letters)            |
        | updateCurrent | (its password without its last character)  |
        | updateCurrent | (its password without its first character) |
        | updateCurrent | (its password with one more character)     |
        | updateCurrent | (its password with a blank before it)      |
        | updateCurrent | (its password with a blank after it)       |

  @DH-SELF-04 @must @disruptive
  Rule: A client without a password cannot set one
    Source: devicehive-user, update, updateCurrent

    Scenario Outline: A first password, with <old> as the old one
      Given a client "pat" without a password
      When "pat" tries to change "pat" by updateCurrent
        | password    | (a new password) |
        | oldPassword | <old>            |
      Then it is refused or has no effect
      And "pat" cannot sign in

      Examples:
        | old        |
        | (left out) |
        | ""         |

  @DH-SELF-05 @must
  Rule: A client changes nothing else of itself and nothing of others
    Source: devicehive-user, update, updateCurrent

    Scenario Outline: All properties of its own by <operation>, <how> its password
      Given an equipped user "ann"
      When "ann" tries to change "ann" by <operation>, <how> its password, in each of these alone and in each pair
        | role          | 0              |
        | status        | 2              |
        | login         | (tag)-renamed  |
        | data          | {"mine": true} |
        | introReviewed | true           |
      Then none of the changes is done
      And nothing has changed

      Examples:
        | operation     | how     |
        | update        | without |
        | updateCurrent | without |
        | update        | beside  |
        | updateCurrent | beside  |

    Scenario Outline: <property> of another client
      Given a user "ann"
      And a user "bob"
      When "ann" tries to change "bob" by update
        | <property> | <value> |
      Then it is refused
      And nothing has changed

      Examples:
        | property      | value            |
        | role          | 0                |
        | password      | (a new password) |
        | data          | {"mine": true}   |
        | introReviewed | true             |
        | status        | 2                |
        | login         | (tag)-renamed    |

    Scenario: The password of another client, with a token for more
      Given a user "ann"
      And a user "bob"
      When "ann" with a token for UpdateCurrentUser, ManageUser tries to change "bob" by update
        | password | (a new password) |
      Then it is refused
      And nothing has changed

  @DH-SELF-06 @must
  Rule: The current user is the caller
    Source: devicehive-user, getCurrent, updateCurrent

    Scenario Outline: The current user is read as <who>
      Given <who> "ann"
      And a user "bob"
      When "ann" tries getCurrent
      Then the answer is "ann"

      Examples:
        | who              |
        | a user           |
        | an administrator |

    Scenario: The current user is changed
      Given an administrator "eve"
      And a user "ann"
      When "eve" changes "eve" by updateCurrent
        | introReviewed | true |
      Then it succeeds
      And "eve" shows introReviewed as true
      And "ann" is unharmed
