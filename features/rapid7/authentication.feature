@rapid7 @authentication
Feature: Signing in

  @R7-AUTH-01 @must @shares-roles
  Rule: Every operation refuses a request without credentials
    Source: insightvm-api, unauthorized

    Scenario: Each operation without credentials
      Given a user "ann"
      When nobody calls each operation for "ann"
      Then each request is refused with 401
      And "ann" is unchanged
      And nothing was created

    @safe
    Scenario: Each operation that reads, on something that does not exist, without credentials
      When nobody calls each operation that reads for something unknown
      Then each request is refused with 401

    @safe
    Scenario Outline: The header "<header>", which is no HTTP Basic
      When a request signs in with the header "<header>"
      Then the request is refused with 401

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

    Scenario: Each operation by somebody unknown
      Given a user "ann"
      When somebody unknown calls each operation for "ann"
      Then each request is refused with 401
      And "ann" is unchanged
      And nothing was created

    Scenario Outline: The right login with <password>
      Given a user "ann"
      And a user "bob"
      When "ann" signs in with <password>
      Then the request is refused with 401

      Examples:
        | password                            |
        | a wrong password                    |
        | an empty password                   |
        | the password in other letters       |
        | the password without its last letter |
        | the password and a letter more      |
        | the password and a blank            |
        | the first half of the password      |
        | its login as the password           |
        | the password of "bob"               |

  @R7-AUTH-03 @must
  Rule: A disabled account cannot sign in
    Source: insightvm-api, createUser

    Scenario: A disabled user with the right password
      Given a disabled user "ann"
      When "ann" reads itself
      Then the request is refused with 401

    Scenario: An enabled user with the right password
      Given a user "ann"
      When "ann" reads itself
      Then the request succeeds

    Scenario: A user that is disabled after it has signed in
      Given a user "ann"
      When "ann" reads itself
      And the administrator updates "ann" with
        | enabled | false |
      And "ann" reads itself
      Then the request is refused with 401

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
      And "ann" signs in with its password

  @R7-AUTH-05 @must
  Rule: A locked account is refused even with the right password
    Source: insightvm-api, unlockUser

    Scenario: A locked user with the right password
      Given a locked user "ann"
      When "ann" reads itself
      Then the request is refused with 401
      And "ann" shows locked as true
