@devicehive @groups
Feature: Networks and device types themselves

  @DH-GROUP-01 @observed
  Rule: Networks and device types are created, read back, changed and deleted
    Source: java-server, networks, deviceTypes

    Scenario Outline: A new <thing>
      When the administrator creates the <thing> "one"
      Then it succeeds
      And the <thing> "one" reads back as it was given
      And the <thing> "one" is listed 1 time
      When the administrator lists the <thing>s with
        | name | (the name of the <thing> "one") |
      Then the list holds exactly "one"

      Examples:
        | thing       |
        | network     |
        | device type |

    Scenario Outline: A changed <thing>
      Given a <thing> "one"
      When the administrator changes the <thing> "one"
        | description | Something else |
      Then it succeeds
      And the <thing> "one" shows description as Something else
      And nothing has changed

      Examples:
        | thing       |
        | network     |
        | device type |

    Scenario Outline: A deleted <thing>
      Given a <thing> "one"
      And a <thing> "two"
      When the administrator deletes the <thing> "one"
      Then it succeeds
      And the <thing> "one" is gone
      And the <thing> "two" is unharmed

      Examples:
        | thing       |
        | network     |
        | device type |

    Scenario Outline: A <thing> that changes with somebody who has it
      Given an equipped user "ann"
      When the administrator changes the <thing> "<own>"
        | description | Something else |
      Then it succeeds
      And the <thing> "<own>" shows description as Something else
      And nothing has changed

      Examples:
        | thing       | own  |
        | network     | home |
        | device type | lamp |

    Scenario: A deleted network is taken from its users
      Given an equipped user "ann"
      And "ann" has the networks "home" and "attic"
      When the administrator deletes the network "home"
      Then "ann" has exactly the networks "attic"

    Scenario: A deleted device type is taken from its users
      Given an equipped user "ann"
      When the administrator grants the device type "fan" to "ann"
      And the administrator deletes the device type "lamp"
      Then "ann" has exactly the device types "fan"

  @DH-GROUP-02 @observed
  Rule: A network or device type needs a name of its own
    Source: java-server, networks, deviceTypes

    Scenario Outline: A <thing> with the name of another
      Given a <thing> "one"
      When the administrator creates the <thing> "two" with
        | name | (the name of the <thing> "one") |
      Then it is refused
      And nothing has changed
      And the <thing> "one" is listed 1 time

      Examples:
        | thing       |
        | network     |
        | device type |

    Scenario Outline: A <thing> without a name
      When the administrator creates the <thing> "one" with
        | name | null |
      Then it is refused

      Examples:
        | thing       |
        | network     |
        | device type |

  @DH-GROUP-03 @observed
  Rule: A token reaches the networks and device types that it is for
    Source: java-server, permissions

    Scenario Outline: A <thing> that the token is for
      Given an equipped user "ann"
      When "ann" with a token for <own> reads the <thing> "<own>"
      Then it succeeds

      Examples:
        | thing       | own  |
        | network     | home |
        | device type | lamp |

    Scenario Outline: A <thing> that the token is not for
      Given an equipped user "ann"
      When "ann" with a token for <own> reads the <thing> "<other>"
      Then it is refused

      Examples:
        | thing       | own  | other |
        | network     | home | attic |
        | device type | lamp | fan   |
