@devicehive @device-types
Feature: Device types of users

  @DH-TYPE-01 @must
  Rule: Allowing all device types lists them all
    Source: 002_3503676279aec765.txt, allowAllDeviceTypes and getDeviceTypes

    Scenario: For a user with none
      Given a user "ann"
      And a device type "lamp"
      And "ann" may use no device types
      When the administrator allows all device types to "ann"
      Then the request succeeds
      And "ann" may use every device type

    Scenario: A type that is made later is one of them
      Given a user "ann"
      And "ann" may use all device types
      When the administrator creates the device type "lamp"
      Then "ann" may use every device type

  @DH-TYPE-02 @must
  Rule: No longer allowing all leaves what is assigned
    Source: 002_3503676279aec765.txt, disallowAllDeviceTypes and getDeviceTypes

    Scenario: Nothing is assigned
      Given a user "ann"
      And "ann" may use all device types
      When the administrator no longer allows all device types to "ann"
      Then the request succeeds
      And the device types of "ann" are none

    Scenario: One is assigned
      Given a user "ann"
      And a device type "lamp"
      And "ann" may use only the device types lamp
      When the administrator no longer allows all device types to "ann"
      Then the request succeeds
      And the device types of "ann" are lamp

  @DH-TYPE-03 @must
  Rule: Device types are assigned and taken away one by one
    Source: 002_3503676279aec765.txt, assignDeviceType, unassignDeviceType and getDeviceTypes

    Scenario: Assigned
      Given a user "ann"
      And a user "bob"
      And a device type "lamp"
      And a device type "fan"
      And "ann" may use only the device types lamp
      And "bob" may use no device types
      When the administrator gives the device type "fan" to "ann"
      Then the request succeeds
      And the device types of "ann" are lamp and fan
      And the device types of "bob" are none

    Scenario: Taken away
      Given a user "ann"
      And a device type "lamp"
      And a device type "fan"
      And "ann" may use only the device types lamp and fan
      When the administrator takes the device type "lamp" from "ann"
      Then the request succeeds
      And the device types of "ann" are fan

    Scenario: Assigned again
      Given a user "ann"
      And a device type "lamp"
      And "ann" may use only the device types lamp
      When the administrator gives the device type "lamp" to "ann"
      Then the device types of "ann" are lamp

  @DH-TYPE-04 @should
  Rule: A device type that does not exist answers 404
    Source: 002_3503676279aec765.txt, assignDeviceType and unassignDeviceType

    Scenario Outline: <method>
      Given an equipped user "ann"
      When the administrator calls <method> for "ann" with an unknown device type
      Then the request is refused with 404
      And the device types of "ann" are lamp

      Examples:
        | method             |
        | assignDeviceType   |
        | unassignDeviceType |

  @DH-TYPE-05 @observed
  Rule: Single device types are neither assigned nor taken away while all are allowed
    Source: devicehive/devicehive-java-server 3.5.0, assignDeviceType and unassignDeviceType

    Scenario Outline: The administrator <does>
      Given a user "ann"
      And a device type "lamp"
      And "ann" may use all device types
      When the administrator <does> "ann"
      Then the request is refused with 403
      And "ann" may use every device type

      Examples:
        | does                              |
        | gives the device type "lamp" to   |
        | takes the device type "lamp" from |

  @DH-TYPE-06 @observed
  Rule: Allowing all device types takes the single ones away
    Source: devicehive/devicehive-java-server 3.5.0, allowAllDeviceTypes

    Scenario: There and back
      Given a user "ann"
      And a device type "lamp"
      And "ann" may use only the device types lamp
      When the administrator allows all device types to "ann"
      And the administrator no longer allows all device types to "ann"
      Then the device types of "ann" are none
