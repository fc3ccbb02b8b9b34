@socotra @passwords
Feature: Passwords

  @SO-PWD-01 @must
  Rule: A new password replaces the old one, at the hands of those who may reset it
    Source: socotra-users, resetUserPassword

    Scenario: A reset by the administrator
      Given a user "ann" with every property
      When the administrator resets the password of "ann"
      Then the request succeeds
      And only the new password of "ann" works
      And "ann" is unchanged

    Scenario: Two resets, one after the other
      Given a user "ann"
      When the administrator resets the password of "ann"
      And the administrator resets the password of "ann"
      Then the request succeeds
      And only the new password of "ann" works

    Scenario: A reset by a user who may
      Given a user "ann"
      And a user "bob" who may "users.password-reset"
      When "bob" resets the password of "ann"
      Then the request succeeds
      And only the new password of "ann" works
      And "bob" signs in with its password

    Scenario: A reset by a user who may do everything else
      Given a user "ann"
      And a user "bob" who may do all but resetUserPassword
      When "bob" resets the password of "ann"
      Then the request is refused
      And only the old password of "ann" works

    Scenario: A reset by the user itself, who may not
      Given a user "ann"
      When "ann" resets the password of "ann"
      Then the request is refused
      And only the old password of "ann" works

  @SO-PWD-02 @should
  Rule: A new password is a text and not an empty one
    Source: socotra-users, resetUserPassword

    Scenario Outline: The body <body>
      Given a user "ann"
      When the administrator sends <body> as the new password of "ann"
      Then the request is refused
      And "ann" signs in with its password

      Examples:
        | body                       |
        | ""                         |
        | {"password": "(password)"} |
        | ["(password)"]             |
        | 1234567890123456           |
        | null                       |

  @SO-PWD-03 @should
  Rule: Nothing but the password lets its user in
    Source: socotra-users, createUser, resetUserPassword

    Scenario: Near misses of a password
      Given a user "ann"
      When somebody tries near misses of the password of "ann"
      Then every attempt is refused
      And "ann" signs in with its password
