@devicehive @users
Feature: Users

  @DH-USER-01 @must
  Rule: A created user reads back as it was given
    Source: devicehive-user, insert, get

    Scenario: A new user as usual
      When the administrator creates the user "ann"
      Then the request succeeds
      And "ann" reads back as it was given
      And "ann" can sign in

    Scenario Outline: A new user with <property> as <value> reads back
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
    Source: devicehive-user, insert, list, properties

    Scenario: A new user beside another
      Given a user "ann"
      When the administrator creates the user "bob"
      Then the request succeeds
      And "bob" reads back as it was given
      And "bob" is listed 1 time
      And "ann" is listed 1 time

  @DH-USER-03 @must
  Rule: The count is the length of the list
    Source: devicehive-user, count, list

    @safe
    Scenario: The count as it is
      When the administrator calls count
      Then the count is the list's length

    Scenario: The count after a creation and a deletion
      Given a user "ann"
      And a user "bob"
      When the administrator deletes "bob"
      And the administrator calls count
      Then the count is the list's length

  @DH-USER-04 @must
  Rule: A deleted user is gone from everything
    Source: devicehive-user, delete

    Scenario: A user that nothing is known of
      Given a user "ann"
      And a user "bob"
      And a user "cid"
      When the administrator deletes "bob"
      Then the request succeeds
      And "bob" is gone
      And "ann" is unchanged
      And "cid" is unchanged

    Scenario: A user who is deleted twice
      Given a user "ann"
      And a user "bob"
      When the administrator deletes "bob"
      And the administrator deletes "bob"
      Then the request is refused
      And "bob" is gone
      And "ann" is unchanged

    Scenario: What goes with a deleted user
      Given an equipped user "ann"
      When the administrator deletes "ann"
      And the administrator calls every method that names a user for "ann"
      Then every call is refused
      And "ann" is gone

    Scenario: A user with networks and device types
      Given an equipped user "ann"
      When the administrator deletes "ann"
      Then the request succeeds
      And "ann" is gone
      And the network "home" shows its name

  @DH-USER-05 @must
  Rule: An administrator changes any property of any user
    Source: devicehive-user, update, updateCurrent

    Scenario: Every property by itself, and every two of them
      Given a user "bob"
      And an equipped user "ann"
      And a user "cid"
      When the administrator changes "ann" by update in each of these, alone and in pairs
        | login         | <tag>-one        | <tag>-two                |
        | role          | 0                | 1                        |
        | status        | 2                | 0                        |
        | data          | {"floor": 3}     | {"floor": {"rooms": [4]}} |
        | introReviewed | true             | false                    |
        | password      | (a new password) |                          |
      Then each change is done, and nothing besides
      When the administrator updates "ann" with
        | status | 0 |
      Then "ann" is unchanged
      And only the right password of "ann" works

    Scenario: Something else than introReviewed
      Given a user "bob"
      And a user "ann" with
        | introReviewed | true |
      And a user "cid"
      When the administrator sends update for "ann" with
        | role | 0                |
        | data | {"kept": "also"} |
      Then "ann" shows introReviewed as true
      And "ann" shows role as 0

    Scenario Outline: <property> of a client as <value>
      Given a user "bob"
      And a user "ann"
      And a user "cid"
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

    Scenario: The login of a client
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      When the administrator gives "ann" another login
      Then the request succeeds
      And "ann" reads back as it was given
      And "ann" can sign in

    Scenario: The password of a client
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      When the administrator gives "ann" another password
      Then the request succeeds
      And only the right password of "ann" works

    Scenario: Several properties of an administrator at once
      Given a user "bob"
      And an administrator "eve"
      And a user "cid"
      When the administrator updates "eve" with
        | role          | 1             |
        | introReviewed | true          |
        | data          | {"moved": 1}  |
      Then the request succeeds
      And "eve" reads back as it was given

    Scenario: An administrator and its own properties
      Given a user "bob"
      And an administrator "eve"
      And a user "cid"
      When "eve" updates itself with
        | introReviewed | true           |
        | data          | {"mine": []}   |
      Then the request succeeds
      And "eve" reads back as it was given

  @DH-USER-06 @must
  Rule: A user who does not exist is refused
    Source: devicehive-user, methods

    Scenario: Every method that names a user
      Given an equipped user "ann"
      When the administrator calls every method that names a user for an unknown user
      Then every call is refused
      And "ann" is unchanged

  @DH-USER-07 @should
  Rule: A login that is taken is refused and its owner unharmed
    Source: devicehive-user, properties

    Scenario: A taken login for a new user
      Given a user "ann"
      When the administrator creates the user "bob" with the login of "ann"
      Then the request is refused
      And "ann" is unchanged
      And "ann" is listed 1 time

    Scenario: A taken login for another user
      Given a user "ann"
      And a user "bob"
      When the administrator gives "bob" the login of "ann"
      Then the request is refused
      And "ann" is unchanged
      And "bob" is unchanged

  @DH-USER-08 @must
  Rule: A role is 0 or 1, a status 0, 1 or 2
    Source: devicehive-user, properties

    Scenario Outline: No user is created with <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then "ann" is listed 0 times

      Examples:
        | property | value |
        | role     | 2     |
        | role     | -1    |
        | status   | 3     |
        | status   | 4     |
        | status   | -1    |

    Scenario: An administrator's own status beyond the last
      Given an administrator "eve"
      When "eve" sends updateCurrent for "eve" with
        | status | 4 |
      Then "eve" is unchanged

    Scenario Outline: No user is changed to <property> as <value>
      Given a user "ann"
      When the administrator sends update for "ann" with
        | <property> | <value>               |
        | data       | {"made": "by rolecall"} |
      Then "ann" is unchanged

      Examples:
        | property | value |
        | role     | 2     |
        | role     | -1    |
        | status   | 3     |
        | status   | -1    |

    @safe
    Scenario: Roles and statuses of whoever is listed
      When the administrator calls list
      Then every role and status in the list is one of them

  @DH-USER-09 @must
  Rule: data keeps any JSON object as it is, and nothing else
    Source: devicehive-user, properties

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
        | {"blank": " at both ends ", "digits": "007", "nothing": "", "lines": "a\\nb\\tc"} |
        | {"emoji": "👩‍🚒 é", "markup": "<script>&lt;/'", "percent": "%25 %s {0}"} |
        | {"list": [[], {}, [null], [1, "1", true]], "zero": 0, "false": false} |
        | {"1": {"2": {"3": {"4": {"5": {"6": {"7": {"8": {}}}}}}}}} |

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

    Scenario Outline: <data> is not kept for a new user
      When the administrator creates the user "ann" with
        | data | <data> |
      Then "ann" keeps as data an object that it was given, or nothing

      Examples:
        | data      |
        | [1, 2]    |
        | "text"    |
        | 7         |
        | true      |

    Scenario Outline: <data> is not kept instead of an object
      Given a user "ann"
      When the administrator sends update for "ann" with
        | data | <data> |
      Then "ann" keeps as data an object that it was given, or nothing

      Examples:
        | data   |
        | []     |
        | "text" |

  @DH-USER-10 @must
  Rule: introReviewed keeps what it is given
    Source: devicehive-user, properties

    Scenario Outline: A new user with introReviewed as <value>
      When the administrator creates the user "ann" with
        | introReviewed | <value> |
      Then "ann" shows introReviewed as <value>

      Examples:
        | value |
        | true  |
        | false |

    Scenario: An intro that is reviewed
      Given a user "ann"
      When the administrator updates "ann" with
        | introReviewed | true |
      Then "ann" shows introReviewed as true

    Scenario: An intro that is no longer reviewed
      Given a user "ann" with
        | introReviewed | true |
      When the administrator updates "ann" with
        | introReviewed | false |
      Then "ann" shows introReviewed as false

  @DH-USER-12 @observed
  Rule: Logins and passwords have limits, and nobody deletes itself
    Source: java-server, userModel, userService

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
        | role     |

    Scenario: An administrator deletes itself
      Given an administrator "eve"
      When "eve" calls delete for "eve"
      Then the request is refused
      And "eve" is unchanged

  @DH-USER-13 @should
  Rule: A user who does not exist is told with 404
    Source: devicehive-user, methods; http, notFound

    Scenario: Every method that names a user is 404
      Given an equipped user "ann"
      When the administrator calls every method that names a user for an unknown user
      Then every call is refused with 404

  @DH-USER-14 @should
  Rule: What a property cannot be is refused
    Source: devicehive-user, properties; http, clientError

    Scenario Outline: A new user with <property> as <value> is refused
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then the request is refused
      And "ann" is listed 0 times

      Examples:
        | property | value  |
        | role     | 2      |
        | role     | -1     |
        | role     | 1.5    |
        | status   | 3      |
        | status   | 4      |
        | status   | -1     |
        | data     | [1, 2] |
        | data     | "text" |
        | data     | 7      |
        | data     | true   |

    Scenario Outline: An update with <property> as <value> is refused
      Given a user "ann"
      When the administrator updates "ann" with
        | <property> | <value> |
      Then the request is refused
      And "ann" is unchanged

      Examples:
        | property | value  |
        | role     | 2      |
        | role     | -1     |
        | status   | 3      |
        | status   | -1     |
        | data     | []     |
        | data     | "text" |

  @DH-USER-15 @should
  Rule: The answer to a creation has the number of the new user
    Source: devicehive-user, insert, properties

    Scenario: The answer to a usual creation
      When the administrator creates the user "ann"
      Then the answer carries the id of "ann"

  @DH-USER-16 @should
  Rule: A login is kept as it was given
    Source: devicehive-user, properties

    Scenario Outline: A login with <make>
      When the administrator creates the user "ann" whose login has <make>
      Then the request succeeds
      And "ann" reads back as it was given
      And "ann" is listed 1 time
      And "ann" can sign in

      Examples:
        | make                    |
        | an e-mail address in it |
        | dots and dashes in it   |
        | capital letters in it   |
        | 64 characters           |
