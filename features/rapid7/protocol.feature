@rapid7 @protocol
Feature: Requests that cannot be read

  @R7-PROTO-01 @should
  Rule: What cannot be read is refused without effect and never fails the server
    Source: 000_ed3294674eb9bc89.txt, 400 of the operations with a body, and HTTP

    Scenario Outline: A body <body>
      When the administrator creates a user with a body <body>
      Then the request is refused
      And nothing was created

      Examples:
        | body                    |
        | cut off                 |
        | followed by more        |
        | with a name given twice |
        | a list                  |
        | null                    |
        | with a number as login  |
        | with a text as role     |
        | with a text as enabled  |
        | not UTF-8               |
        | nested very deep        |
        | very large              |
        | a form                  |

    @safe
    Scenario Outline: The id "<id>"
      When the administrator asks for the user with id "<id>"
      Then the request is refused

      Examples:
        | id                     |
        | abc                    |
        | 1.5                    |
        | -1                     |
        | 99999999999            |
        | 99999999999999999999   |
        | 1/2                    |
        | 1;drop                 |

    @safe
    Scenario Outline: The parameter <name> as "<value>"
      When the administrator lists the users with <name> "<value>"
      Then the request is refused

      Examples:
        | name | value      |
        | size | -1         |
        | size | 0          |
        | size | many       |
        | page | -1         |
        | page | 1e3        |
        | page | 9999999999 |
        | sort | password   |

    Scenario Outline: The method <method> where <operation> is
      When the administrator uses the method <method> where <operation> is
      Then the request is refused with 405

      Examples:
        | method | operation      |
        | PATCH  | getUser        |
        | POST   | getUser        |
        | PUT    | getUsers       |
        | DELETE | getPrivileges  |
        | POST   | getRoles       |

  @R7-PROTO-02 @should
  Rule: An error says the status that it has
    Source: 000_ed3294674eb9bc89.txt, property status of every error

    @safe
    Scenario: Not found
      When the administrator calls getUser for something unknown
      Then the error says its status

    @safe
    Scenario: Not signed in
      When nobody calls getRole for something unknown
      Then the error says its status

    Scenario: Not well made
      When the administrator creates the user "ann" without role
      Then the error says its status
