@rapid7 @secrets
Feature: Locks, passwords and two-factor keys

  @R7-LOCK-01 @must
  Rule: Unlocking a locked account lets its owner in again
    Source: insightvm-api, unlockUser

    Scenario: A locked account
      Given a locked user "ann"
      And "ann" has a two-factor key
      When the administrator unlocks "ann"
      Then it succeeds
      And "ann" shows locked as false
      And "ann" can sign in

    Scenario: One of two locked accounts
      Given a locked user "ann"
      And a locked user "bob"
      When the administrator unlocks "ann"
      Then it succeeds
      And "ann" can sign in
      And "bob" is unharmed

    Scenario: An account that is locked a second time
      Given a locked user "ann"
      When the administrator unlocks "ann"
      And "ann" fails to sign in as often as locks an account
      And the administrator unlocks "ann"
      Then it succeeds
      And "ann" shows locked as false
      And "ann" can sign in

  @R7-LOCK-02 @must
  Rule: A disabled account is not unlocked
    Source: insightvm-api, unlockUser

    Scenario: A locked and disabled account
      Given a locked and disabled user "ann"
      When the administrator unlocks "ann"
      Then it is refused
      And "ann" shows locked as true
      And "ann" shows enabled as false

  @R7-LOCK-03 @should
  Rule: Unlocking an account that is not locked changes nothing
    Source: insightvm-api, unlockUser

    Scenario: An account that is not locked
      Given an equipped user "ann"
      When the administrator unlocks "ann"
      Then it is refused or has no effect
      And "ann" is unharmed

  @R7-2FA-01 @must
  Rule: A key that was set is the key that is read
    Source: insightvm-api, setTwoFactorAuthentication, getTwoFactorAuthenticationKey

    Scenario: A first key
      Given a user "ann"
      When the administrator sets the two-factor key of "ann" to "(a new key)"
      Then it succeeds
      And "ann" is unharmed

    Scenario: A key in place of another
      Given an equipped user "ann"
      When the administrator sets the two-factor key of "ann" to "(a new key)"
      Then it succeeds
      And "ann" is unharmed

  @R7-2FA-02 @must
  Rule: A regenerated key is new, usable, and the key from then on
    Source: insightvm-api, regenerateTwoFactorAuthentication

    Scenario: A regenerated key in place of another
      Given an equipped user "ann"
      When the administrator regenerates the two-factor key of "ann"
      Then it succeeds
      And the newest key of "ann" is usable and is the one that is read

    Scenario: A key that is regenerated twice
      Given a user "ann"
      When the administrator regenerates the two-factor key of "ann"
      And the administrator regenerates the two-factor key of "ann"
      Then it succeeds
      And the newest key of "ann" is usable and is the one that is read

  @R7-2FA-03 @must
  Rule: Without a configured key none is revealed
    Source: insightvm-api, getTwoFactorAuthenticationKey

    Scenario: A new user, beside one that has a key
      Given a user "ann"
      And a user "bob"
      And "bob" has a two-factor key
      When the administrator tries getTwoFactorAuthenticationKey on "ann"
      Then no key is revealed
      And "bob" is unharmed

  @R7-2FA-04 @should
  Rule: A key that is not base32 is refused
    Source: insightvm-api, setTwoFactorAuthentication

    Scenario Outline: The key "<key>"
      Given a user "ann"
      And "ann" has a two-factor key
      When the administrator sets the two-factor key of "ann" to "<key>"
      Then it is refused
      And nothing has changed

      Examples:
        | key                   |
        | this is not base32!!! |
        | 0189018901890189      |
        |                       |

  @R7-2FA-05 @observed @mock
  Rule: Where two-factor is enforced, a user with a key signs in only with the current code
    Source: insightvm-guide, twoFactor

    Scenario Outline: A user with a key signs in with <code>
      Given a user "ann"
      And "ann" has a two-factor key
      And two-factor authentication is enforced
      When "ann" signs in with <code>
      Then it <ends>

      Examples:
        | code                    | ends                |
        | the current code        | succeeds            |
        | the code of an hour ago | is refused as unauthenticated |
        | no code                 | is refused as unauthenticated |

    Scenario: A user without a key needs no code
      Given a user "ann"
      And two-factor authentication is enforced
      When "ann" reads itself
      Then it succeeds

  @R7-PWD-01 @must
  Rule: A user changes its own password
    Source: insightvm-api, resetPassword; insightvm-sdk, resetPassword

    Scenario: A new password, in the form that the console takes
      Given an equipped user "ann"
      When "ann" changes the password of "ann"
      Then it succeeds
      And only the newest password of "ann" works
      And "ann" is unharmed

    Scenario: A new password of one of two users
      Given a user "ann"
      And a user "bob"
      When "ann" changes the password of "ann"
      Then it succeeds
      And only the newest password of "ann" works
      And "bob" is unharmed

    Scenario: A second new password
      Given a user "ann"
      When "ann" changes the password of "ann"
      And "ann" changes the password of "ann"
      Then it succeeds
      And only the newest password of "ann" works

  @R7-PWD-02 @must
  Rule: Nobody changes another's password, the administrator included
    Source: insightvm-api, resetPassword

    Scenario: The password of a user, by the administrator
      Given a user "bob"
      When the administrator changes the password of "bob"
      Then it is refused
      And nothing has changed

    Scenario: The password of a user, by every kind of user
      Given a user "bob"
      And a user of every kind but Global Administrator
      When each of them tries these operations on "bob"
        | resetPassword |
      Then each is refused
      And nothing has changed

  @R7-PWD-03 @should
  Rule: An empty or missing password is refused
    Source: insightvm-api, resetPassword

    Scenario Outline: The body <body> as a password
      Given a user "ann"
      When "ann" changes the password of "ann" to '<body>'
      Then it is refused
      And nothing has changed

      Examples:
        | body               |
        | {"password": ""}   |
        | {"password": null} |
        | {}                 |
        | ""                 |
        | null               |

  @R7-PWD-04 @should
  Rule: A new password may be an object or a bare string
    Source: insightvm-api, resetPassword; insightvm-sdk, resetPassword

    Scenario Outline: A new password as <form>
      Given a user "ann"
      When "ann" changes the password of "ann" to '<body>'
      Then it succeeds
      And only the newest password of "ann" works

      Examples:
        | form          | body                             |
        | an object     | {"password": "(a new password)"} |
        | a bare string | "(a new password)"               |
