@rapid7 @authentication
Feature: Signing in

  @R7-AUTH-01 @must @shares-roles
  Rule: Every operation refuses a request without credentials
    Source: insightvm-api, unauthorized

    Scenario: Each operation without credentials
      Given a user "ann"
      When nobody tries every operation on "ann"
      Then each is refused as unauthenticated
      And nothing has changed

    @safe
    Scenario: Each operation that reads, on something that does not exist, without credentials
      When nobody tries every operation that reads one thing, on something unknown
      Then each is refused as unauthenticated

    @safe
    Scenario Outline: The header "<header>", which is no HTTP Basic
      When a request signs in with the header "<header>"
      Then it is refused as unauthenticated

      Examples:
        | header             |
        | Basic              |
        | Basic !!!          |
        | Basic bm9jb2xvbg== |
        | Bearer rolecall    |
        | rolecall           |

  @R7-AUTH-02 @must @shares-roles
  Rule: Every operation refuses wrong credentials
    Source: insightvm-api, unauthorized

    Scenario: Each operation by a stranger
      Given a user "ann"
      When a stranger tries every operation on "ann"
      Then each is refused as unauthenticated
      And nothing has changed

    Scenario Outline: The right login with <password>
      Given a user "ann"
      And a user "bob"
      When "ann" signs in with <password>
      Then it is refused as unauthenticated

      Examples:
        | password                                 |
        | a wrong password                         |
        | an empty password                        |
        | its password in other letters            |
        | its password without its last character  |
        | its password without its first character |
        | its password with one more character     |
        | its password with a blank before it      |
        | its password with a blank after it       |
        | its password by its first half           |
        | its password twice in a row              |
        | its login as the password                |
        | the password of "bob"                    |

  @R7-AUTH-03 @must
  Rule: A disabled account cannot sign in
    Source: insightvm-api, createUser

    Scenario: A disabled user with the right password
      Given a disabled user "ann"
      When "ann" reads itself
      Then it is refused as unauthenticated

    Scenario: An enabled user with the right password
      Given a user "ann"
      When "ann" reads itself
      Then it succeeds

    Scenario: A user that is disabled after it has signed in
      Given a user "ann"
      When "ann" reads itself
      And the administrator changes "ann"
        | enabled | false |
      And "ann" reads itself
      Then it is refused as unauthenticated

  @R7-AUTH-04 @should
  Rule: Too many failed attempts in a row lock the account
    Source: insightvm-api, unlockUser

    Scenario: As many failures as lock an account
      Given a user "ann"
      When "ann" fails to sign in as often as locks an account
      Then "ann" shows locked as true

    Scenario: A success between failures starts the count again
      Given a user "ann"
      When "ann" fails to sign in one time less than locks an account
      And "ann" reads itself
      And "ann" fails to sign in one time less than locks an account
      Then "ann" shows locked as false
      And "ann" can sign in

  @R7-AUTH-05 @must
  Rule: A locked account is refused even with the right password
    Source: insightvm-api, unlockUser

    Scenario: A locked user with the right password
      Given a locked user "ann"
      When "ann" reads itself
      Then it is refused as unauthenticated
      And "ann" shows locked as true
