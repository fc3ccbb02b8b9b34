@devicehive @tokens
Feature: Getting tokens

  @DH-TOKEN-01 @observed
  Rule: Login and password give an access token and a refresh token
    Source: java-server, tokens

    Scenario: Signing in with the right password
      Given a user "ann"
      When "ann" signs in with its password
      Then the request succeeds
      And the new token lets "ann" in
      And the new tokens say u as the number of "ann"

    Scenario Outline: Signing in with <password>
      Given a user "ann"
      When "ann" signs in with <password>
      Then the request is refused
      And no token is given

      Examples:
        | password          |
        | a wrong password  |
        | an empty password |

    Scenario: Somebody unknown signs in
      When somebody unknown signs in
      Then the request is refused
      And no token is given

  @DH-TOKEN-02 @observed
  Rule: Tokens are issued for a user, some actions and a time
    Source: java-server, tokens

    Scenario: Tokens for one action
      Given a user "ann"
      When the administrator asks for tokens of "ann" for GetCurrentUser
      Then the new token lets "ann" in
      And the new token is refused by list with 403
      And the new tokens say a as [10]

    Scenario: Tokens until a moment
      Given a user "ann"
      When the administrator asks for tokens of "ann" until 2018-01-01T00:00:00.000
      Then the new tokens say e as 1514764800000
      And the new token is refused by getCurrent with 401

    Scenario: Tokens of nobody
      When the administrator asks for tokens of an unknown user
      Then the request is refused with 404
      And no token is given

    Scenario: Tokens of a disabled user
      Given a disabled user "ann"
      When the administrator asks for tokens of "ann" for GetCurrentUser
      Then the request is refused
      And no token is given

    Scenario: Tokens asked for with a token that does not allow it
      Given a user "ann"
      When "ann" with a token for GetCurrentUser calls createToken for "ann"
      Then the request is refused with 403
      And no token is given

  @DH-TOKEN-03 @observed
  Rule: A refresh token gives a new access token
    Source: java-server, tokens

    Scenario: Renewing with the own refresh token
      Given a user "ann"
      When "ann" renews with its refresh token
      Then the request succeeds
      And the new token lets "ann" in

    Scenario Outline: Renewing with <which>
      Given a user "ann"
      When "ann" renews with <which>
      Then the request is refused
      And no token is given

      Examples:
        | which             |
        | a broken token    |
        | a foreign token   |
        | an unsigned token |

  @DH-TOKEN-04 @observed
  Rule: An access token renews nothing
    Source: java-server, tokens

    Scenario: Renewing with an access token
      Given a user "ann"
      When "ann" renews with its access token
      Then the request is refused with 401
      And no token is given

  @DH-TOKEN-05 @observed
  Rule: A refresh token that has expired renews nothing
    Source: java-server, tokens

    Scenario: Renewing with a refresh token that has expired
      Given a user "ann"
      When "ann" renews with a refresh token that has expired
      Then the request is refused with 401
      And no token is given
