@devicehive @authentication
Feature: Tokens let callers in

  @DH-AUTH-01 @must
  Rule: Every method refuses a call without a token
    Source: devicehive-user, authorization

    Scenario: Every operation without a token
      Given an equipped user "ann"
      When nobody tries every operation on "ann"
      Then each is refused
      And nothing has changed

  @DH-AUTH-02 @must
  Rule: Every method refuses a broken, foreign or expired token
    Source: devicehive-user, authorization

    Scenario Outline: Every operation with <which>
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with <which> tries every operation on "ann"
      Then each is refused
      And nothing has changed

      Examples:
        | which             |
        | an expired token  |
        | a foreign token   |
        | a broken token    |
        | an unsigned token |

  @DH-AUTH-03 @must
  Rule: A refresh token is no access token
    Source: devicehive-user, authorization

    Scenario: Every operation with a refresh token
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a refresh token tries every operation on "ann"
      Then each is refused
      And nothing has changed

  @DH-AUTH-04 @must @alone
  Rule: A method needs a token that allows it, and an administrator's allows all
    Source: devicehive-user, authorization

    Scenario: Every operation with a token for other things
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for other things tries every operation on "ann"
      Then each is refused
      And nothing has changed

    Scenario Outline: <operation> by an administrator
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" tries <operation> on "ann"
      Then it succeeds
      And <effect>

      Examples:
        | operation              | effect                                              |
        | list                   | the list holds "ann"                                |
        | count                  | the count is the length of the list                 |
        | get                    | the answer is "ann"                                 |
        | update                 | "ann" shows introReviewed as true                   |
        | delete                 | "ann" is gone                                       |
        | getCurrent             | the answer is "eve"                                 |
        | updateCurrent          | "eve" shows introReviewed as true                   |
        | getNetwork             | the answer shows the networks "home"                |
        | assignNetwork          | "ann" has exactly the networks "home" and "attic"   |
        | unassignNetwork        | "ann" has no networks                               |
        | assignDeviceType       | "ann" has exactly the device types "lamp" and "fan" |
        | unassignDeviceType     | "ann" has no device types                           |
        | getDeviceTypes         | the answer shows the device types "lamp"            |
        | allowAllDeviceTypes    | "ann" has every device type                         |
        | disallowAllDeviceTypes | "ann" has exactly the device types "lamp"           |

    Scenario: insert by an administrator
      Given an administrator "eve"
      When "eve" creates the user "ann"
      Then it succeeds
      And "ann" reads back as it was given

  @DH-AUTH-05 @should
  Rule: The token of a user who is gone, locked or disabled stops working
    Source: devicehive-user, delete, properties

    Scenario: The token of a deleted user
      Given a user "ann"
      And "ann" has signed in
      When the administrator deletes "ann"
      And "ann" tries getCurrent
      Then it is refused

    Scenario Outline: The token of a user with status <status>
      Given a user "ann"
      And "ann" has signed in
      When the administrator changes "ann"
        | status | <status> |
      And "ann" tries getCurrent
      Then it is refused

      Examples:
        | status |
        | 1      |
        | 2      |

    Scenario: The token of a user who is active again
      Given a user "ann"
      And "ann" has signed in
      When the administrator changes "ann"
        | status | 2 |
      And the administrator changes "ann"
        | status | 0 |
      And "ann" tries getCurrent
      Then the answer is "ann"

  @DH-AUTH-06 @must @alone
  Rule: Each method accepts a token for the action that it is listed with
    Source: devicehive-user, authorization

    Scenario Outline: <operation> with a token for <action>
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for <action> tries <operation> on "ann"
      Then it succeeds
      And <effect>

      Examples:
        | operation              | action            | effect                                              |
        | list                   | ManageUser        | the list holds "ann"                                |
        | count                  | ManageUser        | the count is the length of the list                 |
        | get                    | GetCurrentUser    | the answer is "ann"                                 |
        | update                 | UpdateCurrentUser | "ann" shows introReviewed as true                   |
        | delete                 | ManageUser        | "ann" is gone                                       |
        | getCurrent             | ManageUser        | the answer is "eve"                                 |
        | updateCurrent          | ManageUser        | "eve" shows introReviewed as true                   |
        | getNetwork             | ManageUser        | the answer shows the networks "home"                |
        | assignNetwork          | ManageUser        | "ann" has exactly the networks "home" and "attic"   |
        | unassignNetwork        | ManageUser        | "ann" has no networks                               |
        | assignDeviceType       | ManageUser        | "ann" has exactly the device types "lamp" and "fan" |
        | unassignDeviceType     | ManageUser        | "ann" has no device types                           |
        | getDeviceTypes         | ManageUser        | the answer shows the device types "lamp"            |
        | allowAllDeviceTypes    | ManageUser        | "ann" has every device type                         |
        | disallowAllDeviceTypes | ManageUser        | "ann" has exactly the device types "lamp"           |

    Scenario: insert with a token for ManageUser
      Given an administrator "eve"
      When "eve" with a token for ManageUser creates the user "ann"
      Then it succeeds
      And "ann" reads back as it was given

  @DH-AUTH-07 @should
  Rule: A header that has no token in it lets nobody in
    Source: devicehive-user, authorization; http, authorization

    @safe
    Scenario Outline: The header "<header>" is no token
      When a request signs in with the header "<header>"
      Then it is refused
      When the administrator lists the users
      Then it succeeds

      Examples:
        | header             |
        | Bearer             |
        | Bearer rolecall    |
        | Basic cm9sZTpjYWxs |
        | rolecall           |

  @DH-AUTH-08 @should
  Rule: Who cannot be known is told so with 401
    Source: http, unauthorized

    Scenario: Every operation without a token is 401
      Given an equipped user "ann"
      When nobody tries every operation on "ann"
      Then each is refused as unauthenticated

    Scenario Outline: Every operation with <which> is 401
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with <which> tries every operation on "ann"
      Then each is refused as unauthenticated

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

    Scenario: Every operation with a token for other things is 403
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for other things tries every operation on "ann"
      Then each is refused as forbidden

  @DH-AUTH-10 @should
  Rule: What a client gets by signing in manages nobody
    Source: devicehive-user, authorization, get, update

    Scenario: A client and the methods for managing users
      Given an equipped user "ann"
      And a user "bob"
      When "bob" tries these operations on "ann"
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
      Then each is refused
      And nothing has changed

  @DH-AUTH-11 @should
  Rule: No other action is enough for a method
    Source: devicehive-user, authorization

    Scenario: Managing users with a token for everything else
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for all but ManageUser tries these operations on "ann"
        | list                   |
        | count                  |
        | insert                 |
        | getNetwork             |
        | assignNetwork          |
        | unassignNetwork        |
        | assignDeviceType       |
        | unassignDeviceType     |
        | getDeviceTypes         |
        | allowAllDeviceTypes    |
        | disallowAllDeviceTypes |
        | delete                 |
      Then each is refused
      And nothing has changed

    Scenario: Reading a user with a token for everything else
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for all but GetCurrentUser, ManageUser tries these operations on "ann"
        | get        |
        | getCurrent |
      Then each is refused
      And nothing has changed

    Scenario: Changing a user with a token for everything else
      Given an equipped user "ann"
      And an administrator "eve"
      When "eve" with a token for all but UpdateCurrentUser, ManageUser tries these operations on "ann"
        | update        |
        | updateCurrent |
      Then each is refused
      And nothing has changed

  @DH-LOGIN-01 @must
  Rule: Too many wrong passwords lock the account, and neither a locked nor a disabled one gets a token
    Source: devicehive-user, properties

    Scenario: As many wrong passwords as lock an account
      Given a user "ann"
      When "ann" fails to sign in as often as locks an account
      Then it is refused
      And "ann" shows status as 1
      And "ann" cannot sign in

    Scenario: Wrong passwords of one user do not lock another
      Given a user "ann"
      And a user "bob"
      When "bob" fails to sign in as often as locks an account
      Then "bob" shows status as 1
      And "ann" is unharmed

    Scenario: A locked account
      Given a locked user "ann"
      When "ann" signs in with its password
      Then it is refused
      And no token is given
      And "ann" shows status as 1

    Scenario: A disabled account
      Given a disabled user "ann"
      When "ann" signs in with its password
      Then it is refused
      And no token is given
      And "ann" shows status as 2

    Scenario: An account that is active again
      Given a locked user "ann"
      When the administrator changes "ann"
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
      Then it is refused
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

    Scenario: One wrong password less than locks an account
      Given a user "ann"
      When "ann" fails to sign in one time less than locks an account
      Then it is refused
      And "ann" shows status as 0
      And "ann" can sign in
