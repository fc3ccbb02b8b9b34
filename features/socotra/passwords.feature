@socotra @passwords
Feature: Passwords

  @SO-PWD-01 @must
  Rule: A new password replaces the old one, at the hands of those who may reset it
    Source: socotra-users, resetUserPassword

    Scenario: A reset by the administrator
      Given an equipped user "ann"
      When the administrator changes the password of "ann"
      Then it succeeds
      And only the newest password of "ann" works
      And nothing has changed

    Scenario: Two resets, one after the other
      Given a user "ann"
      When the administrator changes the password of "ann"
      And the administrator changes the password of "ann"
      Then it succeeds
      And only the newest password of "ann" works

    Scenario: A reset by a user who may
      Given a user "ann"
      And a user "bob" who may "users.password-reset"
      When "bob" changes the password of "ann"
      Then it succeeds
      And only the newest password of "ann" works
      And "bob" can sign in

    Scenario: A reset by a user who may do everything else
      Given a user "ann"
      And a user "bob" who may all but resetUserPassword
      When "bob" changes the password of "ann"
      Then it is refused
      And "ann" can sign in

    Scenario: A reset by the user itself, who may not
      Given a user "ann"
      When "ann" changes the password of "ann"
      Then it is refused
      And "ann" can sign in

  @SO-PWD-02 @should
  Rule: A new password is a text and not an empty one
    Source: socotra-users, resetUserPassword

    Scenario Outline: The body <body>
      Given a user "ann"
      When the administrator changes the password of "ann" to '<body>'
      Then it is refused
      And "ann" can sign in

      Examples:
        | body                             |
        | ""                               |
        | {"password": "(a new password)"} |
        | ["(a new password)"]             |
        | 1234567890123456                 |
        | null                             |

  @SO-PWD-03 @should
  Rule: Nothing but the password lets its user in
    Source: socotra-users, createUser, resetUserPassword

    Scenario Outline: Signing in with <password>
      Given a user "ann"
      And a user "bob"
      When "ann" signs in with <password>
      Then it is refused
      And "ann" can sign in

      Examples:
        | password                                 |
        | a wrong password                         |
        | an empty password                        |
        | its password in capital letters          |
        | its password in small letters            |
        | its password without its last character  |
        | its password without its first character |
        | its password with one more character     |
        | its password with a blank before it      |
        | its password with a blank after it       |
        | its password by its first half           |
        | its password twice in a row              |
        | its login as the password                |
        | the password of "bob"                    |
