@rapid7 @sources
Feature: Authentication sources

  @R7-SRC-01 @must @safe @alone
  Rule: Every listed authentication source reads back by its id
    Source: insightvm-api, getAuthenticationSources, getAuthenticationSource

    Scenario: All authentication sources
      When the administrator lists the authentication sources
      Then each authentication source of the list reads back by its id

  @R7-SRC-02 @must @safe
  Rule: An unknown authentication source answers 404
    Source: insightvm-api, getAuthenticationSource, getAuthenticationSourceUsers

    Scenario: An authentication source that does not exist, beside one that does
      When the administrator tries these operations on something unknown
        | getAuthenticationSource      |
        | getAuthenticationSourceUsers |
      Then each is refused as unknown
      And each succeeds for what exists

  @R7-SRC-03 @must @alone
  Rule: The users of an authentication source are exactly those that authenticate with it
    Source: insightvm-api, getAuthenticationSourceUsers

    @safe
    Scenario: The users of each source
      When the administrator lists the users of each authentication source
      Then each list holds exactly the users that belong in it

    Scenario: The users of each source after a user was made
      When the administrator creates the user "ann"
      And the administrator lists the users of each authentication source
      Then each list holds exactly the users that belong in it
      And "ann" is named in one list
