@devicehive @users
Feature: Users

  @DH-USER-01 @must
  Rule: A created user reads back as it was given
    Source: devicehive-user, insert, get

    Scenario: A new user as usual
      When the administrator creates the user "ann"
      Then it succeeds
      And "ann" reads back as it was given
      And "ann" can sign in

    Scenario Outline: A new user with <property> as <value> reads back
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then it succeeds
      And "ann" reads back as it was given

      Examples:
        | property      | value      |
        | role          | 0          |
        | role          | 1          |
        | status        | 1          |
        | status        | 2          |
        | introReviewed | true       |
        | data          | {"x": [1]} |
        | data          | null       |

  @DH-USER-02 @must
  Rule: A created user has a number of its own and is listed once
    Source: devicehive-user, insert, list, properties

    Scenario: A new user beside another
      Given a user "ann"
      When the administrator creates the user "bob"
      Then it succeeds
      And "bob" reads back as it was given
      And "bob" is listed 1 time
      And "ann" is listed 1 time

  @DH-USER-03 @must @alone
  Rule: The count is the length of the list
    Source: devicehive-user, count, list

    @safe
    Scenario: A count of everybody
      When the administrator tries count
      Then the count is the length of the list

    Scenario: The count after a creation and a deletion
      Given a user "ann"
      And a user "bob"
      When the administrator deletes "bob"
      And the administrator tries count
      Then the count is the length of the list

  @DH-USER-04 @must
  Rule: A deleted user is gone from everything
    Source: devicehive-user, delete

    Scenario: A user without networks and device types
      Given a user "ann"
      And a user "bob"
      And a user "cid"
      When the administrator deletes "bob"
      Then it succeeds
      And "bob" is gone
      And "ann" is unharmed
      And "cid" is unharmed

    Scenario: A user who is deleted twice
      Given a user "ann"
      And a user "bob"
      When the administrator deletes "bob"
      And the administrator deletes "bob"
      Then it is refused
      And "bob" is gone
      And "ann" is unharmed

    Scenario: Every operation on a user who was deleted
      Given an equipped user "ann"
      When the administrator deletes "ann"
      And the administrator tries every operation on a user, on "ann"
      Then each is refused
      And "ann" is gone

    Scenario: A user with networks and device types
      Given an equipped user "ann"
      When the administrator deletes "ann"
      Then it succeeds
      And "ann" is gone
      And the network "home" is unharmed
      And the device type "lamp" is unharmed

  @DH-USER-05 @must
  Rule: An administrator changes any property of any user
    Source: devicehive-user, update, updateCurrent

    Scenario: Every property by itself, and every two of them
      Given a user "bob"
      And an equipped user "ann"
      And a user "cid"
      When the administrator changes "ann" in each of these alone and in each pair
        | login         | (tag)-one        | (tag)-two                 |
        | role          | 0                | 1                         |
        | status        | 2                | 0                         |
        | data          | {"floor": 3}     | {"floor": {"rooms": [4]}} |
        | introReviewed | true             | false                     |
        | password      | (a new password) |                           |
      Then each shows what it was given, and nothing else has changed
      When the administrator changes "ann"
        | status | 0 |
      Then nothing has changed
      And only the newest password of "ann" works

    Scenario: What a change of role and data leaves alone
      Given a user "bob"
      And a user "ann" with
        | introReviewed | true |
      And a user "cid"
      When the administrator changes "ann"
        | role | 0                |
        | data | {"kept": "also"} |
      Then "ann" shows
        | introReviewed | true             |
        | role          | 0                |
        | data          | {"kept": "also"} |

    Scenario Outline: <property> of a client as <value>
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      When the administrator changes "ann"
        | <property> | <value> |
      Then it succeeds
      And "ann" reads back as it was given

      Examples:
        | property      | value        |
        | role          | 0            |
        | status        | 1            |
        | status        | 2            |
        | data          | {"floor": 3} |
        | data          | null         |
        | introReviewed | true         |

    Scenario: The login of a client
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      When the administrator changes "ann"
        | login | (tag)-renamed |
      Then it succeeds
      And "ann" reads back as it was given
      And "ann" can sign in

    Scenario: The password of a client
      Given a user "bob"
      And a user "ann"
      And a user "cid"
      When the administrator changes "ann"
        | password | (a new password) |
      Then it succeeds
      And only the newest password of "ann" works

    Scenario: Several properties of an administrator at once
      Given a user "bob"
      And an administrator "eve"
      And a user "cid"
      When the administrator changes "eve"
        | role          | 1            |
        | introReviewed | true         |
        | data          | {"moved": 1} |
      Then it succeeds
      And "eve" reads back as it was given

    Scenario: An administrator and its own properties
      Given a user "bob"
      And an administrator "eve"
      And a user "cid"
      When "eve" changes "eve" by updateCurrent
        | introReviewed | true         |
        | data          | {"mine": []} |
      Then it succeeds
      And "eve" reads back as it was given

  @DH-USER-06 @must
  Rule: A user who does not exist is refused
    Source: devicehive-user, methods

    Scenario: Every operation on a user who does not exist
      Given an equipped user "ann"
      When the administrator tries every operation on a user, on something unknown
      Then each is refused
      And nothing has changed

  @DH-USER-07 @should
  Rule: A login that is taken is refused and its owner unharmed
    Source: devicehive-user, properties

    Scenario: A taken login for a new user
      Given a user "ann"
      When the administrator creates the user "bob" with
        | login | (the login of "ann") |
      Then it is refused
      And nothing has changed
      And "ann" is listed 1 time

    Scenario: A taken login for another user
      Given a user "ann"
      And a user "bob"
      When the administrator changes "bob"
        | login | (the login of "ann") |
      Then it is refused
      And nothing has changed

  @DH-USER-08 @must
  Rule: A role is 0 or 1, a status 0, 1 or 2
    Source: devicehive-user, properties

    Scenario Outline: No user is created with <property> as <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then there is no user "ann"

      Examples:
        | property | value |
        | role     | 2     |
        | role     | -1    |
        | status   | 3     |
        | status   | 4     |
        | status   | -1    |

    Scenario: An administrator's own status beyond the last
      Given an administrator "eve"
      When "eve" tries to change "eve" by updateCurrent
        | status | 4 |
      Then nothing has changed

    Scenario Outline: No user is changed to <property> as <value>
      Given a user "ann"
      When the administrator tries to change "ann" by update
        | <property> | <value>                 |
        | data       | {"made": "(tag)"}       |
      Then nothing has changed

      Examples:
        | property | value |
        | role     | 2     |
        | role     | -1    |
        | status   | 3     |
        | status   | -1    |

    @safe
    Scenario: Roles and statuses of whoever is listed
      When the administrator lists the users
      Then every role in the list is one of [0, 1]
      And every status in the list is one of [0, 1, 2]

  @DH-USER-09 @must
  Rule: data keeps any JSON object as it is, and nothing else
    Source: devicehive-user, properties

    Scenario Outline: The object <data> of a new user
      When the administrator creates the user "ann" with
        | data | <data> |
      Then it succeeds
      And "ann" reads back as it was given

      Examples:
        | data                                                                              |
        | {}                                                                                |
        | {"a": {"b": {"c": [1, 2.5, null, true, "x"]}}}                                    |
        | {"Größe": "安 \"quoted\" <b>&amp;", "": 0}                                         |
        | {"big": 9007199254740991, "small": -0.125}                                        |
        | {"blank": " at both ends ", "digits": "007", "nothing": "", "lines": "a\\nb\\tc"} |
        | {"emoji": "👩‍🚒 é", "markup": "<script>&lt;/'", "percent": "%25 %s {0}"}           |
        | {"list": [[], {}, [null], [1, "1", true]], "zero": 0, "false": false}             |
        | {"1": {"2": {"3": {"4": {"5": {"6": {"7": {"8": {}}}}}}}}}                        |

    Scenario Outline: The object <data> instead of another
      Given a user "ann"
      When the administrator changes "ann"
        | data | <data> |
      Then it succeeds
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
        | data   |
        | [1, 2] |
        | "text" |
        | 7      |
        | true   |

    Scenario Outline: <data> is not kept instead of an object
      Given a user "ann"
      When the administrator tries to change "ann" by update
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
      When the administrator changes "ann"
        | introReviewed | true |
      Then "ann" shows introReviewed as true

    Scenario: An intro that is no longer reviewed
      When the administrator creates the user "ann" with
        | introReviewed | true |
      Then "ann" shows introReviewed as true
      When the administrator changes "ann"
        | introReviewed | false |
      Then "ann" shows introReviewed as false

  @DH-USER-12 @observed
  Rule: Logins and passwords have limits, and nobody deletes itself
    Source: java-server, userModel, userService

    Scenario Outline: A new user whose <property> is <value>
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then it is refused
      And there is no user "ann"

      Examples:
        | property | value            |
        | login    | ab               |
        | login    | (129 characters) |
        | login    | (tag) x          |
        | login    | (tag)ü           |
        | login    | (tag)/x          |
        | login    | ""               |
        | password | ab9!x            |
        | password | (129 characters) |
        | password | ""               |

    Scenario Outline: A new user without <property>
      When the administrator creates the user "ann" with
        | <property> | (left out) |
      Then it is refused
      And there is no user "ann"

      Examples:
        | property |
        | login    |
        | password |
        | role     |

    Scenario: An administrator deletes itself
      Given an administrator "eve"
      When "eve" deletes "eve"
      Then it is refused
      And nothing has changed

  @DH-USER-13 @should
  Rule: A user who does not exist is told with 404
    Source: devicehive-user, methods; http, notFound

    Scenario: Every operation on a user who does not exist is 404
      Given an equipped user "ann"
      When the administrator tries every operation on a user, on something unknown
      Then each is refused as unknown

  @DH-USER-14 @should
  Rule: What a property cannot be is refused
    Source: devicehive-user, properties; http, clientError

    Scenario Outline: A new user with <property> as <value> is refused
      When the administrator creates the user "ann" with
        | <property> | <value> |
      Then it is refused
      And there is no user "ann"

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
      When the administrator changes "ann"
        | <property> | <value> |
      Then it is refused
      And nothing has changed

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

    Scenario Outline: The login <login>
      When the administrator creates the user "ann" with
        | login | <login> |
      Then it succeeds
      And "ann" reads back as it was given
      And "ann" is listed 1 time
      And "ann" can sign in

      Examples:
        | login             |
        | (tag)@example.com |
        | (tag)-a.b-c_d     |
        | (tag)-ANN         |
        | (64 characters)   |
