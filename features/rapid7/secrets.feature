@rapid7 @secrets
Feature: Locks, passwords and two-factor keys

  @R7-LOCK-01 @must
  Rule: Unlocking a locked account lets its owner in again
    Source: 000_ed3294674eb9bc89.txt, unlockUser

    Scenario: A locked account
      Given a locked user "ann"
      And "ann" has a two-factor key
      When the administrator unlocks "ann"
      Then the request succeeds
      And "ann" shows locked as false
      And "ann" signs in with its password

  @R7-LOCK-02 @must
  Rule: A disabled account is not unlocked
    Source: 000_ed3294674eb9bc89.txt, unlockUser

    Scenario: A locked and disabled account
      Given a locked and disabled user "ann"
      When the administrator unlocks "ann"
      Then the request is refused
      And "ann" shows locked as true
      And "ann" shows enabled as false

  @R7-LOCK-03 @should
  Rule: Unlocking an account that is not locked changes nothing
    Source: 000_ed3294674eb9bc89.txt, unlockUser

    Scenario: An account as any other
      Given a user "ann"
      When the administrator unlocks "ann"
      Then the request is refused or has no effect
      And "ann" is unchanged

  @R7-2FA-01 @must
  Rule: A key that was set is the key that is read
    Source: 000_ed3294674eb9bc89.txt, setTwoFactorAuthentication and getTwoFactorAuthenticationKey

    Scenario: The first key
      Given a user "ann"
      When the administrator sets a two-factor key for "ann"
      Then the request succeeds
      And that key is read for "ann"

    Scenario: In place of another
      Given a user "ann"
      And "ann" has a two-factor key
      When the administrator sets a two-factor key for "ann"
      Then that key is read for "ann"

  @R7-2FA-02 @must
  Rule: A regenerated key is new, usable, and the key from then on
    Source: 000_ed3294674eb9bc89.txt, regenerateTwoFactorAuthentication

    Scenario: In place of another
      Given a user "ann"
      And "ann" has a two-factor key
      When the administrator regenerates the two-factor key of "ann"
      Then the request succeeds
      And the new key of "ann" is usable and is the one that is read

  @R7-2FA-03 @must
  Rule: Without a configured key none is revealed
    Source: 000_ed3294674eb9bc89.txt, getTwoFactorAuthenticationKey

    Scenario: A new user
      Given a user "ann"
      When the administrator reads the two-factor key of "ann"
      Then no key is revealed

  @R7-2FA-04 @should
  Rule: A key that is not base32 is refused
    Source: 000_ed3294674eb9bc89.txt, setTwoFactorAuthentication

    Scenario Outline: The key "<key>"
      Given a user "ann"
      And "ann" has a two-factor key
      When the administrator sets the two-factor key "<key>" for "ann"
      Then the request is refused
      And "ann" is unchanged

      Examples:
        | key                   |
        | this is not base32!!! |
        | 0189018901890189      |
        |                       |

  @R7-2FA-05 @observed @mock
  Rule: Where two-factor is enforced, a user with a key signs in only with the current code
    Source: the vendor's documentation on two-factor authentication

    Scenario Outline: With <code>
      Given a user "ann"
      And "ann" has a two-factor key
      And two-factor authentication is enforced
      When "ann" signs in with <code>
      Then the request <ends>

      Examples:
        | code                     | ends                 |
        | the current code         | succeeds             |
        | the code of an hour ago  | is refused with 401  |
        | no code                  | is refused with 401  |

    Scenario: Without a key no code is needed
      Given a user "ann"
      And two-factor authentication is enforced
      When "ann" reads itself
      Then the request succeeds

  @R7-PWD-01 @must
  Rule: A user changes its own password
    Source: 000_ed3294674eb9bc89.txt, resetPassword

    Scenario: As the documents write the body
      Given a user "ann"
      When "ann" changes the password of "ann"
      Then the request succeeds
      And only the new password of "ann" works

    Scenario: As the vendor's Python client writes the body
      Given a user "ann"
      When "ann" changes the password of "ann" as a bare string
      Then the request succeeds
      And only the new password of "ann" works

  @R7-PWD-02 @must
  Rule: Nobody changes another's password, the administrator included
    Source: 000_ed3294674eb9bc89.txt, resetPassword

    Scenario Outline: By <somebody>
      Given a user "ann"
      And a user "bob"
      When <somebody> changes the password of "bob"
      Then the request is refused
      And "bob" is unchanged

      Examples:
        | somebody          |
        | "ann"             |
        | the administrator |

  @R7-PWD-03 @should
  Rule: An empty or missing password is refused
    Source: 000_ed3294674eb9bc89.txt, resetPassword, PasswordResource

    Scenario Outline: The body <body>
      Given a user "ann"
      When "ann" sends the password body <body>
      Then the request is refused
      And "ann" is unchanged

      Examples:
        | body              |
        | {"password": ""}  |
        | {"password": null} |
        | {}                |
        | ""                |
        | null              |
