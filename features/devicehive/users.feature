@devicehive @users
Feature: Users

  @DH-USER-01 @must
  Rule: A created user reads back as it was given
    Source: 002_3503676279aec765.txt, insert and get

    Scenario: As usual
      When the administrator creates the user "ann"
      Then the request succeeds
      And "ann" reads back as it was given
      And "ann" can sign in

    Scenario Outline: With <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then the request succeeds
      And "ann" reads back as it was given

      Examples:
        | property      | value        |
        | role          | 0            |
        | role          | 1            |
        | status        | 1            |
        | status        | 2            |
        | introReviewed | true         |
        | data          | {"x": [1]}   |
        | data          | null         |

  @DH-USER-02 @must
  Rule: A created user has a number of its own and is listed once
    Source: 002_3503676279aec765.txt, insert, list and property id

    Scenario: A new user
      Given a user "ann"
      When the administrator creates the user "bob"
      Then the answer carries the id of "bob"
      And "bob" is listed 1 time
      And "ann" is listed 1 time

  @DH-USER-03 @must
  Rule: The count is the length of the list
    Source: 002_3503676279aec765.txt, count and list

    @safe
    Scenario: As it is
      When the administrator calls count
      Then the count is the list's length

    Scenario: After a creation and a deletion
      Given a user "ann"
      And a user "bob"
      When the administrator deletes "bob"
      And the administrator calls count
      Then the count is the list's length

  @DH-USER-04 @must
  Rule: A deleted user is gone from everything
    Source: 002_3503676279aec765.txt, delete

    Scenario: A user that nothing is known of
      Given a user "ann"
      And a user "bob"
      When the administrator deletes "bob"
      Then the request succeeds
      And "bob" is gone
      And "ann" is unchanged

    Scenario: A user with networks and device types
      Given an equipped user "ann"
      When the administrator deletes "ann"
      Then the request succeeds
      And "ann" is gone
      And the network "home" shows its name

  @DH-USER-05 @must
  Rule: An administrator changes any property of any user
    Source: 002_3503676279aec765.txt, update, updateCurrent

    Scenario Outline: <property> of a client
      Given a user "ann"
      When the administrator updates "ann" with
        | <property> | <value> |
      Then the request succeeds
      And "ann" reads back as it was given

      Examples:
        | property      | value                |
        | role          | 0                    |
        | status        | 1                    |
        | status        | 2                    |
        | data          | {"floor": 3}         |
        | data          | null                 |
        | introReviewed | true                 |

    Scenario: Login of a client
      Given a user "ann"
      When the administrator gives "ann" another login
      Then the request succeeds
      And "ann" reads back as it was given
      And "ann" can sign in

    Scenario: Password of a client
      Given a user "ann"
      When the administrator gives "ann" another password
      Then the request succeeds
      And only the right password of "ann" works

    Scenario: Several at once, of an administrator
      Given an administrator "eve"
      When the administrator updates "eve" with
        | role          | 1             |
        | introReviewed | true          |
        | data          | {"moved": 1}  |
      Then the request succeeds
      And "eve" reads back as it was given

    Scenario: Its own
      Given an administrator "eve"
      When "eve" updates itself with
        | introReviewed | true           |
        | data          | {"mine": []}   |
      Then the request succeeds
      And "eve" reads back as it was given

  @DH-USER-06 @must
  Rule: A user who does not exist answers 404
    Source: 002_3503676279aec765.txt, methods with {id} in their address

    Scenario Outline: <method>
      Given an equipped user "ann"
      When the administrator calls <method> for an unknown user
      Then the request is refused with 404

      Examples:
        | method                 |
        | get                    |
        | update                 |
        | delete                 |
        | getNetwork             |
        | assignNetwork          |
        | unassignNetwork        |
        | assignDeviceType       |
        | unassignDeviceType     |
        | getDeviceTypes         |
        | allowAllDeviceTypes    |
        | disallowAllDeviceTypes |

  @DH-USER-07 @should
  Rule: A login that is taken is refused and its owner unharmed
    Source: 002_3503676279aec765.txt, property login, which a user signs in with

    Scenario: For a new user
      Given a user "ann"
      When the administrator creates the user "bob" with the login of "ann"
      Then the request is refused
      And "ann" is unchanged
      And "ann" is listed 1 time

    Scenario: For another user
      Given a user "ann"
      And a user "bob"
      When the administrator gives "bob" the login of "ann"
      Then the request is refused
      And "ann" is unchanged
      And "bob" is unchanged

  @DH-USER-08 @must
  Rule: A role is 0 or 1, a status 0, 1 or 2
    Source: 002_3503676279aec765.txt, properties role and status

    Scenario Outline: A new user with <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then the request is refused
      And "ann" is listed 0 times

      Examples:
        | property | value |
        | role     | 2     |
        | role     | -1    |
        | role     | 1.5   |
        | status   | 3     |
        | status   | 4     |
        | status   | -1    |

    Scenario: Its own status beyond the last
      Given an administrator "eve"
      When "eve" updates itself with
        | status | 4 |
      Then the request is refused
      And "eve" is unchanged

    Scenario: A new user without a role
      When the administrator creates the user "ann" without role
      Then the request is refused
      And "ann" is listed 0 times

    Scenario Outline: An update with <property> as <value>
      Given a user "ann"
      When the administrator updates "ann" with
        | <property> | <value> |
      Then the request is refused
      And "ann" is unchanged

      Examples:
        | property | value |
        | role     | 2     |
        | role     | -1    |
        | status   | 3     |
        | status   | -1    |

    @safe
    Scenario: Whatever is listed
      When the administrator calls list
      Then every role and status in the list is one of them

  @DH-USER-09 @must
  Rule: data keeps any JSON object as it is, and nothing else
    Source: 002_3503676279aec765.txt, property data

    Scenario Outline: The object <data> of a new user
      When the administrator creates the user "ann" with
        | data | <data> |
      Then the request succeeds
      And "ann" reads back as it was given

      Examples:
        | data                                            |
        | {}                                              |
        | {"a": {"b": {"c": [1, 2.5, null, true, "x"]}}}    |
        | {"Größe": "安 \"quoted\" <b>&amp;", "": 0}         |
        | {"big": 9007199254740991, "small": -0.125}      |

    Scenario Outline: The object <data> instead of another
      Given a user "ann"
      When the administrator updates "ann" with
        | data | <data> |
      Then the request succeeds
      And "ann" reads back as it was given

      Examples:
        | data                    |
        | {}                      |
        | {"other": {"deep": []}} |

    Scenario Outline: <data> is refused for a new user
      When the administrator creates the user "ann" with
        | data | <data> |
      Then the request is refused
      And "ann" is listed 0 times

      Examples:
        | data      |
        | [1, 2]    |
        | "text"    |
        | 7         |
        | true      |

    Scenario Outline: <data> is refused instead of an object
      Given a user "ann"
      When the administrator updates "ann" with
        | data | <data> |
      Then the request is refused
      And "ann" is unchanged

      Examples:
        | data   |
        | []     |
        | "text" |

  @DH-USER-10 @must
  Rule: introReviewed keeps what it is given
    Source: 002_3503676279aec765.txt, property introReviewed

    Scenario Outline: A new user with <value>
      When the administrator creates the user "ann" with
        | introReviewed | <value> |
      Then "ann" shows introReviewed as <value>

      Examples:
        | value |
        | true  |
        | false |

    Scenario: There and back
      Given a user "ann"
      When the administrator updates "ann" with
        | introReviewed | true |
      Then "ann" shows introReviewed as true

    Scenario: And back
      Given a user "ann" with
        | introReviewed | true |
      When the administrator updates "ann" with
        | introReviewed | false |
      Then "ann" shows introReviewed as false

  @DH-USER-12 @observed
  Rule: Logins and passwords have limits, and nobody deletes itself
    Source: devicehive/devicehive-java-server 3.5.0, User, UserUpdate and deleteUser

    Scenario Outline: A new user whose <property> has <make>
      When the administrator creates the user "ann" whose <property> has <make>
      Then the request is refused
      And "ann" is listed 0 times

      Examples:
        | property | make           |
        | login    | 2 characters   |
        | login    | 129 characters |
        | login    | a blank in it  |
        | login    | an umlaut in it |
        | login    | a slash in it  |
        | login    | nothing in it  |
        | password | 5 characters   |
        | password | 129 characters |
        | password | nothing in it  |

    Scenario Outline: A new user without <property>
      When the administrator creates the user "ann" without <property>
      Then the request is refused
      And "ann" is listed 0 times

      Examples:
        | property |
        | login    |
        | password |

    Scenario: An administrator deletes itself
      Given an administrator "eve"
      When "eve" calls delete for "eve"
      Then the request is refused
      And "eve" is unchanged
