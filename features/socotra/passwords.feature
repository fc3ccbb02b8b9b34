@socotra @passwords
Feature: Passwords

  @SO-PWD-01 @must
  Rule: A new password replaces the old one, at the hands of those who may reset it
    Source: 003_07598e8054470ed4.txt, resetUserPassword

    Scenario: By the administrator
      Given a user "ann"
      When the administrator resets the password of "ann"
      Then the request succeeds
      And only the new password of "ann" works
      And "ann" is unchanged

    Scenario: By a user who may
      Given a user "ann"
      And a user "bob" who may "users.password-reset"
      When "bob" resets the password of "ann"
      Then the request succeeds
      And only the new password of "ann" works

    Scenario: By a user who may do everything else
      Given a user "ann"
      And a user "bob" who may do all but resetUserPassword
      When "bob" resets the password of "ann"
      Then the request is refused for want of permission
      And only the old password of "ann" works

    Scenario: By the user itself, who may not
      Given a user "ann"
      When "ann" resets the password of "ann"
      Then the request is refused for want of permission
      And only the old password of "ann" works

  @SO-PWD-02 @should
  Rule: A new password is a text and not an empty one
    Source: 003_07598e8054470ed4.txt, resetUserPassword, request

    Scenario Outline: The body <body>
      Given a user "ann"
      When the administrator sends <body> as the new password of "ann"
      Then the request is refused
      And "ann" signs in with its password

      Examples:
        | body                          |
        | ""                            |
        | {"password": "Cf9_object-Passw0rd"} |
        | ["Cf9_list-Passw0rd"]         |
        | 1234567890123456              |
        | null                          |
