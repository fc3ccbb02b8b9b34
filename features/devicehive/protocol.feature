@devicehive @protocol
Feature: Requests that cannot be read

  @DH-PROTO-01 @should
  Rule: What cannot be read is refused without effect and never fails the server
    Source: devicehive-user, insert, get, list; http, clientError, methodNotAllowed

    Scenario Outline: A body that is <what>
      When the administrator creates a user with a body '<body>'
      Then it is refused
      And nothing has changed

      Examples:
        | what                 | body                                                                                             |
        | cut off              | {"login": "(uninvited)", "password": "(a new password)", "role": 1, "status"                     |
        | followed by more     | {"login": "(uninvited)", "password": "(a new password)", "role": 1, "status": 0} {"again": true} |
        | a list of a good one | [{"login": "(uninvited)", "password": "(a new password)", "role": 1, "status": 0}]               |
        | a text               | "(uninvited)"                                                                                    |
        | good, but for role   | {"login": "(uninvited)", "password": "(a new password)", "role": "client", "status": 0}          |
        | good, but for status | {"login": "(uninvited)", "password": "(a new password)", "role": 1, "status": [0]}               |
        | good, but for login  | {"login": {"name": "(uninvited)"}, "password": "(a new password)", "role": 1, "status": 0}       |
        | not UTF-8            | {"login": "(uninvited)(no UTF-8)", "password": "(a new password)", "role": 1, "status": 0}       |
        | very large           | {"login": "(uninvited)(4 megabytes)", "password": "(a new password)", "role": 1, "status": 0}    |
        | a form               | login=(uninvited)&role=1                                                                         |

    @safe
    Scenario Outline: A user with the number "<id>"
      When the administrator tries get of "<id>"
      Then it is refused

      Examples:
        | id                   |
        | abc                  |
        | 1.5                  |
        | -1                   |
        | 99999999999999999999 |
        | 1;drop               |

    @safe
    Scenario Outline: A list with the parameter <name> as "<value>"
      When the administrator lists the users with
        | <name> | <value> |
      Then it is refused

      Examples:
        | name      | value      |
        | role      | client     |
        | status    | 0.5        |
        | take      | many       |
        | skip      | 9999999999 |
        | sortField | password   |

    Scenario Outline: The method <method> where <operation> is
      Given a user "ann"
      When the administrator uses the method <method> where <operation> is
      Then it is refused as 405
      And nothing has changed

      Examples:
        | method | operation      |
        | PATCH  | get            |
        | POST   | get            |
        | PUT    | list           |
        | POST   | getDeviceTypes |
