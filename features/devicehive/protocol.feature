@devicehive @protocol
Feature: Requests that cannot be read

  @DH-PROTO-01 @should
  Rule: What cannot be read is refused without effect and never fails the server
    Source: devicehive-user, insert, get, list; http, clientError, methodNotAllowed

    Scenario Outline: A new user in a body <body>
      When the administrator creates a user with a body <body>
      Then the request is refused
      And nothing was created

      Examples:
        | body                    |
        | cut off                 |
        | followed by more        |
        | a list                  |
        | a text                  |
        | with a text as role     |
        | with a list as status   |
        | with an object as login |
        | not UTF-8               |
        | very large              |
        | a form                  |

    @safe
    Scenario Outline: A user with the number "<id>"
      When the administrator asks for the user with number "<id>"
      Then the request is refused

      Examples:
        | id                   |
        | abc                  |
        | 1.5                  |
        | -1                   |
        | 99999999999999999999 |
        | 1;drop               |

    @safe
    Scenario Outline: A list with the parameter <name> as "<value>"
      When the administrator lists the users with <name> "<value>"
      Then the request is refused

      Examples:
        | name      | value      |
        | role      | client     |
        | status    | 0.5        |
        | take      | many       |
        | skip      | 9999999999 |
        | sortField | password   |

    Scenario Outline: The HTTP method <http> where <method> is
      Given a user "ann"
      When the administrator uses the HTTP method <http> where <method> of "ann" is
      Then the request is refused with 405
      And "ann" is unchanged

      Examples:
        | http  | method         |
        | PATCH | get            |
        | POST  | get            |
        | PUT   | list           |
        | POST  | getDeviceTypes |
