@devicehive @authentication
Feature: Tokens let callers in

  @DH-AUTH-01 @must
  Rule: Every method refuses a call without a token
    Source: 002_3503676279aec765.txt, column Authorization of every method

    Scenario Outline: <method> without a token
      Given an equipped user "ann"
      When nobody calls <method> for "ann"
      Then the request is refused with 401
      And "ann" is unchanged
      And nothing was created

      Examples:
        | method                 |
        | list                   |
        | count                  |
        | get                    |
        | insert                 |
        | update                 |
        | delete                 |
        | getCurrent             |
        | updateCurrent          |
        | getNetwork             |
        | assignNetwork          |
        | unassignNetwork        |
        | assignDeviceType       |
        | unassignDeviceType     |
        | getDeviceTypes         |
        | allowAllDeviceTypes    |
        | disallowAllDeviceTypes |

    @safe
    Scenario Outline: The header "<header>" is no token
      When a request signs in with the header "<header>"
      Then the request is refused with 401

      Examples:
        | header             |
        | Bearer             |
        | Bearer rolecall    |
        | Basic cm9sZTpjYWxs |
        | rolecall           |

  @DH-AUTH-02 @must
  Rule: Every method refuses a broken, foreign or expired token
    Source: 002_3503676279aec765.txt, column Authorization of every method

    Scenario Outline: <method> with an expired token
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with an expired token calls <method> for "ann"
      Then the request is refused with 401
      And "ann" is unchanged
      And "eve" is unchanged
      And nothing was created

      Examples:
        | method                 |
        | list                   |
        | count                  |
        | get                    |
        | insert                 |
        | update                 |
        | delete                 |
        | getCurrent             |
        | updateCurrent          |
        | getNetwork             |
        | assignNetwork          |
        | unassignNetwork        |
        | assignDeviceType       |
        | unassignDeviceType     |
        | getDeviceTypes         |
        | allowAllDeviceTypes    |
        | disallowAllDeviceTypes |

    Scenario Outline: <method> with a token that another key signed
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a foreign token calls <method> for "ann"
      Then the request is refused with 401
      And "ann" is unchanged
      And "eve" is unchanged
      And nothing was created

      Examples:
        | method                 |
        | list                   |
        | count                  |
        | get                    |
        | insert                 |
        | update                 |
        | delete                 |
        | getCurrent             |
        | updateCurrent          |
        | getNetwork             |
        | assignNetwork          |
        | unassignNetwork        |
        | assignDeviceType       |
        | unassignDeviceType     |
        | getDeviceTypes         |
        | allowAllDeviceTypes    |
        | disallowAllDeviceTypes |

    Scenario Outline: <which> lets nobody in
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with <which> calls update for "ann"
      Then the request is refused with 401
      And "ann" is unchanged

      Examples:
        | which             |
        | a broken token    |
        | an unsigned token |

  @DH-AUTH-03 @should
  Rule: A refresh token is no access token
    Source: 002_3503676279aec765.txt, column Authorization, Access JSON Web Token

    Scenario Outline: <method> with a refresh token
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a refresh token calls <method> for "ann"
      Then the request is refused with 401
      And "ann" is unchanged
      And "eve" is unchanged

      Examples:
        | method        |
        | list          |
        | get           |
        | update        |
        | delete        |
        | getCurrent    |
        | updateCurrent |
        | assignNetwork |

  @DH-AUTH-04 @must
  Rule: A method needs a token that allows it, and an administrator's allows all
    Source: 002_3503676279aec765.txt, column Authorization, the action in brackets

    Scenario Outline: <method> with a token for other things
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for other things calls <method> for "ann"
      Then the request is refused with 403
      And "ann" is unchanged
      And "eve" is unchanged
      And nothing was created

      Examples:
        | method                 |
        | list                   |
        | count                  |
        | get                    |
        | insert                 |
        | update                 |
        | delete                 |
        | getCurrent             |
        | updateCurrent          |
        | getNetwork             |
        | assignNetwork          |
        | unassignNetwork        |
        | assignDeviceType       |
        | unassignDeviceType     |
        | getDeviceTypes         |
        | allowAllDeviceTypes    |
        | disallowAllDeviceTypes |

    Scenario Outline: <method> by an administrator
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" calls <method> for "ann"
      Then the request succeeds

      Examples:
        | method                 |
        | list                   |
        | count                  |
        | get                    |
        | insert                 |
        | update                 |
        | delete                 |
        | getCurrent             |
        | updateCurrent          |
        | getNetwork             |
        | assignNetwork          |
        | unassignNetwork        |
        | assignDeviceType       |
        | unassignDeviceType     |
        | getDeviceTypes         |
        | allowAllDeviceTypes    |
        | disallowAllDeviceTypes |

  @DH-AUTH-05 @should
  Rule: The token of a user who is gone, locked or disabled stops working
    Source: 002_3503676279aec765.txt, delete, and property status

    Scenario: Of a deleted user
      Given a user "ann"
      And "ann" has signed in
      When the administrator deletes "ann"
      And "ann" reads itself
      Then the request is refused with 401

    Scenario Outline: Of a user with status <status>
      Given a user "ann"
      And "ann" has signed in
      When the administrator updates "ann" with
        | status | <status> |
      And "ann" reads itself
      Then the request is refused with 401

      Examples:
        | status |
        | 1      |
        | 2      |

    Scenario: Of a user who is active again
      Given a user "ann"
      And "ann" has signed in
      When the administrator updates "ann" with
        | status | 2 |
      And the administrator updates "ann" with
        | status | 0 |
      And "ann" reads itself
      Then the answer is "ann"

  @DH-AUTH-06 @must
  Rule: Each method accepts a token for the action that it is listed with
    Source: 002_3503676279aec765.txt, column Authorization, the action in brackets

    Scenario Outline: <method> with a token for <action>
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for <action> calls <method> for "ann"
      Then the request succeeds

      Examples:
        | method                 | action            |
        | list                   | ManageUser        |
        | count                  | ManageUser        |
        | get                    | GetCurrentUser    |
        | insert                 | ManageUser        |
        | update                 | UpdateCurrentUser |
        | delete                 | ManageUser        |
        | getCurrent             | ManageUser        |
        | updateCurrent          | ManageUser        |
        | getNetwork             | ManageUser        |
        | assignNetwork          | ManageUser        |
        | unassignNetwork        | ManageUser        |
        | assignDeviceType       | ManageUser        |
        | unassignDeviceType     | ManageUser        |
        | getDeviceTypes         | ManageUser        |
        | allowAllDeviceTypes    | ManageUser        |
        | disallowAllDeviceTypes | ManageUser        |

  @DH-LOGIN-01 @must
  Rule: Too many wrong passwords lock the account, and neither a locked nor a disabled one gets a token
    Source: 002_3503676279aec765.txt, property status, values 1 and 2

    Scenario: As many as lock
      Given a user "ann"
      When "ann" fails to sign in as often as locks an account
      Then "ann" shows status as 1
      And "ann" cannot sign in

    Scenario: One less does not
      Given a user "ann"
      When "ann" fails to sign in one time less than locks an account
      Then "ann" shows status as 0
      And "ann" can sign in

    Scenario: A locked account
      Given a locked user "ann"
      When "ann" signs in with its password
      Then the request is refused
      And no token is given
      And "ann" shows status as 1

    Scenario: A disabled account
      Given a disabled user "ann"
      When "ann" signs in with its password
      Then the request is refused
      And no token is given
      And "ann" shows status as 2

    Scenario: An account that is active again
      Given a locked user "ann"
      When the administrator updates "ann" with
        | status | 0 |
      Then "ann" can sign in

  @DH-LOGIN-02 @should
  Rule: Signing in notes the moment, in UTC
    Source: 002_3503676279aec765.txt, property lastLogin

    Scenario: The first time
      Given a user "ann"
      When "ann" signs in with its password
      Then lastLogin of "ann" is now

    Scenario: Never
      When the administrator creates the user "ann"
      Then "ann" shows lastLogin as null
