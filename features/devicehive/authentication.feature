@devicehive @authentication
Feature: Tokens let callers in

  @DH-AUTH-01 @must
  Rule: Every method refuses a call without a token
    Source: devicehive-user, authorization

    Scenario: Every method without a token
      Given an equipped user "ann"
      When nobody calls every method for "ann"
      Then every call is refused
      And "ann" is unchanged
      And nothing was created

  @DH-AUTH-02 @must
  Rule: Every method refuses a broken, foreign or expired token
    Source: devicehive-user, authorization

    Scenario Outline: Every method with <which>
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with <which> calls every method for "ann"
      Then every call is refused
      And "ann" is unchanged
      And "eve" is unchanged
      And nothing was created

      Examples:
        | which             |
        | an expired token  |
        | a foreign token   |
        | a broken token    |
        | an unsigned token |

  @DH-AUTH-03 @must
  Rule: A refresh token is no access token
    Source: devicehive-user, authorization

    Scenario: Every method with a refresh token
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a refresh token calls every method for "ann"
      Then every call is refused
      And "ann" is unchanged
      And "eve" is unchanged
      And nothing was created

  @DH-AUTH-04 @must
  Rule: A method needs a token that allows it, and an administrator's allows all
    Source: devicehive-user, authorization

    Scenario: Every method with a token for other things
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for other things calls every method for "ann"
      Then every call is refused
      And "ann" is unchanged
      And "eve" is unchanged
      And nothing was created

    Scenario Outline: <method> by an administrator
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" calls <method> for "ann"
      Then <method> by "eve" has done its work for "ann"

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
    Source: devicehive-user, delete, properties

    Scenario: The token of a deleted user
      Given a user "ann"
      And "ann" has signed in
      When the administrator deletes "ann"
      And "ann" reads itself
      Then the request is refused

    Scenario Outline: The token of a user with status <status>
      Given a user "ann"
      And "ann" has signed in
      When the administrator updates "ann" with
        | status | <status> |
      And "ann" reads itself
      Then the request is refused

      Examples:
        | status |
        | 1      |
        | 2      |

    Scenario: The token of a user who is active again
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
    Source: devicehive-user, authorization

    Scenario Outline: <method> with a token for <action>
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for <action> calls <method> for "ann"
      Then <method> by "eve" has done its work for "ann"

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

  @DH-AUTH-07 @should
  Rule: A header that has no token in it lets nobody in
    Source: devicehive-user, authorization; http, authorization

    @safe
    Scenario Outline: The header "<header>" is no token
      When a request signs in with the header "<header>"
      Then the request is refused
      And the administrator is let in

      Examples:
        | header             |
        | Bearer             |
        | Bearer rolecall    |
        | Basic cm9sZTpjYWxs |
        | rolecall           |

  @DH-AUTH-08 @should
  Rule: Who cannot be known is told so with 401
    Source: http, unauthorized

    Scenario: Every method without a token is 401
      Given an equipped user "ann"
      When nobody calls every method for "ann"
      Then every call is refused with 401

    Scenario Outline: Every method with <which> is 401
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with <which> calls every method for "ann"
      Then every call is refused with 401

      Examples:
        | which             |
        | an expired token  |
        | a foreign token   |
        | a broken token    |
        | an unsigned token |
        | a refresh token   |

  @DH-AUTH-09 @should
  Rule: Whom a token does not allow a method is told so with 403
    Source: http, forbidden

    Scenario: Every method with a token for other things is 403
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for other things calls every method for "ann"
      Then every call is refused with 403

  @DH-AUTH-10 @should
  Rule: What a client gets by signing in manages nobody
    Source: devicehive-user, authorization, get, update

    Scenario: A client and the methods for managing users
      Given an equipped user "ann"
      And a user "bob"
      When "bob" calls these methods for "ann"
        | list                   |
        | count                  |
        | get                    |
        | insert                 |
        | update                 |
        | delete                 |
        | assignNetwork          |
        | unassignNetwork        |
        | assignDeviceType       |
        | unassignDeviceType     |
        | allowAllDeviceTypes    |
        | disallowAllDeviceTypes |
      Then every call is refused
      And "ann" is unchanged
      And "bob" is unchanged
      And nothing was created

  @DH-AUTH-11 @should
  Rule: No other action is enough for a method
    Source: devicehive-user, authorization

    Scenario: Every method with a token for all actions but its own
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" calls these methods for "ann" with a token for all other actions than
        | list                   | ManageUser                    |
        | count                  | ManageUser                    |
        | get                    | GetCurrentUser, ManageUser    |
        | insert                 | ManageUser                    |
        | update                 | UpdateCurrentUser, ManageUser |
        | getCurrent             | GetCurrentUser, ManageUser    |
        | updateCurrent          | UpdateCurrentUser, ManageUser |
        | getNetwork             | ManageUser                    |
        | assignNetwork          | ManageUser                    |
        | unassignNetwork        | ManageUser                    |
        | assignDeviceType       | ManageUser                    |
        | unassignDeviceType     | ManageUser                    |
        | getDeviceTypes         | ManageUser                    |
        | allowAllDeviceTypes    | ManageUser                    |
        | disallowAllDeviceTypes | ManageUser                    |
        | delete                 | ManageUser                    |
      Then every call is refused
      And "ann" is unchanged
      And "eve" is unchanged
      And nothing was created

  @DH-LOGIN-01 @must
  Rule: Too many wrong passwords lock the account, and neither a locked nor a disabled one gets a token
    Source: devicehive-user, properties

    Scenario: As many wrong passwords as lock
      Given a user "ann"
      When "ann" fails to sign in as often as locks an account
      Then the request is refused
      And "ann" shows status as 1
      And "ann" cannot sign in

    Scenario: Wrong passwords of another
      Given a user "ann"
      And a user "bob"
      When "bob" fails to sign in as often as locks an account
      Then "bob" shows status as 1
      And "ann" is unchanged

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
    Source: devicehive-user, properties

    Scenario: A user who signs in for the first time
      Given a user "ann"
      When "ann" signs in with its password
      Then lastLogin of "ann" is now

    Scenario: A user who never signed in
      When the administrator creates the user "ann"
      Then "ann" shows lastLogin as null

  @DH-LOGIN-03 @must
  Rule: What is almost the password signs nobody in
    Source: devicehive-user, properties

    Scenario Outline: The password <near>
      Given a user "ann"
      When "ann" signs in with its password <near>
      Then the request is refused
      And no token is given
      And "ann" can sign in

      Examples:
        | near                        |
        | in capital letters          |
        | in small letters            |
        | without its last character  |
        | without its first character |
        | with one more character     |
        | with a blank before it      |
        | with a blank after it       |

  @DH-LOGIN-04 @should
  Rule: Fewer wrong passwords than lock an account do not
    Source: devicehive-user, properties

    Scenario: One wrong password less than locks
      Given a user "ann"
      When "ann" fails to sign in one time less than locks an account
      Then the request is refused
      And "ann" shows status as 0
      And "ann" can sign in
