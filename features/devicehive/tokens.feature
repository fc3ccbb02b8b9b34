@devicehive @tokens
Feature: Getting tokens

  @DH-TOKEN-01 @observed
  Rule: Login and password give an access token and a refresh token
    Source: java-server, tokens

    Scenario: Signing in with the right password
      Given a user "ann"
      When "ann" signs in with its password
      Then it succeeds
      And the new token lets "ann" in
      And the new tokens say u as (the id of "ann")

    Scenario Outline: Signing in with <password>
      Given a user "ann"
      When "ann" signs in with <password>
      Then it is refused
      And no token is given

      Examples:
        | password          |
        | a wrong password  |
        | an empty password |

    Scenario: Somebody unknown signs in
      When nobody tries login
      Then it is refused
      And no token is given

  @DH-TOKEN-02 @observed
  Rule: Tokens are issued for a user, some actions and a time
    Source: java-server, tokens

    Scenario: Tokens for one action
      Given a user "ann"
      When the administrator asks for tokens of "ann"
        | actions | ["GetCurrentUser"] |
      Then the new token lets "ann" in
      And the new tokens say a as [10]

    Scenario: What a token for one action does not allow
      Given a user "ann"
      When "ann" with a token for GetCurrentUser tries list
      Then it is refused as forbidden

    Scenario: Tokens until a moment
      Given a user "ann"
      When the administrator asks for tokens of "ann"
        | actions    | ["*"]                   |
        | expiration | 2018-01-01T00:00:00.000 |
      Then the new tokens say e as 1514764800000

    Scenario: A token after its moment
      Given a user "ann"
      When "ann" with an expired token tries getCurrent
      Then it is refused as unauthenticated

    Scenario: Tokens of somebody unknown
      When the administrator tries createToken
      Then it is refused as unknown
      And no token is given

    Scenario: Tokens of a disabled user
      Given a disabled user "ann"
      When the administrator asks for tokens of "ann"
        | actions | ["GetCurrentUser"] |
      Then it is refused
      And no token is given

    Scenario: Tokens asked for with a token that does not allow it
      Given a user "ann"
      When "ann" with a token for GetCurrentUser asks for tokens of "ann"
        | actions | ["GetCurrentUser"] |
      Then it is refused as forbidden
      And no token is given

  @DH-TOKEN-03 @observed
  Rule: A refresh token gives a new access token
    Source: java-server, tokens

    Scenario: Renewing with the own refresh token
      Given a user "ann"
      When "ann" with a refresh token renews its tokens
      Then it succeeds
      And the new token lets "ann" in

    Scenario Outline: Renewing with <which>
      Given a user "ann"
      When "ann" with <which> renews its tokens
      Then it is refused
      And no token is given

      Examples:
        | which                     |
        | a broken refresh token    |
        | a foreign refresh token   |
        | an unsigned refresh token |

  @DH-TOKEN-04 @observed
  Rule: An access token renews nothing
    Source: java-server, tokens

    Scenario: Renewing with an access token
      Given a user "ann"
      When "ann" with an access token renews its tokens
      Then it is refused as unauthenticated
      And no token is given

  @DH-TOKEN-05 @observed
  Rule: A refresh token that has expired renews nothing
    Source: java-server, tokens

    Scenario: Renewing with a refresh token that has expired
      Given a user "ann"
      When "ann" with an expired refresh token renews its tokens
      Then it is refused as unauthenticated
      And no token is given
