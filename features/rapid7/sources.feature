@rapid7 @sources
Feature: Authentication sources

  @R7-SRC-01 @must @safe
  Rule: Every listed authentication source reads back by its id
    Source: 000_ed3294674eb9bc89.txt, getAuthenticationSources and getAuthenticationSource

    Scenario: All of them
      When the administrator calls getAuthenticationSources
      Then each of the list reads back by getAuthenticationSource

  @R7-SRC-02 @must @safe
  Rule: An unknown authentication source answers 404
    Source: 000_ed3294674eb9bc89.txt, 404 of getAuthenticationSource and getAuthenticationSourceUsers

    Scenario Outline: By <operation>
      When the administrator calls <operation> for something unknown
      Then the request is refused with 404

      Examples:
        | operation                    |
        | getAuthenticationSource      |
        | getAuthenticationSourceUsers |

  @R7-SRC-03 @must
  Rule: The users of an authentication source are exactly those that authenticate with it
    Source: 000_ed3294674eb9bc89.txt, getAuthenticationSourceUsers

    @safe
    Scenario: Every source
      When the administrator calls getAuthenticationSources
      Then each listed source has exactly the users that say so

    Scenario: A new user
      When the administrator creates the user "ann"
      Then "ann" is among the users of its source
